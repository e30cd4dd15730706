// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/torch_file.h"

#include "engine/model/unpickler.h"
#include "engine/model/unusable.h"
#include "engine/model/zip_directory.h"

#include <QCoreApplication>
#include <QHash>

#include <set>
#include <tuple>

namespace encoderscope
{

namespace
{

using Kind = PickledValue::Kind;

/// The classes and dtypes that say what a storage's numbers are.
const QHash<QString, QString> &types()
{
    static const QHash<QString, QString> types{
        {QStringLiteral("torch.DoubleStorage"), QStringLiteral("F64")},
        {QStringLiteral("torch.FloatStorage"), QStringLiteral("F32")},
        {QStringLiteral("torch.HalfStorage"), QStringLiteral("F16")},
        {QStringLiteral("torch.BFloat16Storage"), QStringLiteral("BF16")},
        {QStringLiteral("torch.LongStorage"), QStringLiteral("I64")},
        {QStringLiteral("torch.IntStorage"), QStringLiteral("I32")},
        {QStringLiteral("torch.ShortStorage"), QStringLiteral("I16")},
        {QStringLiteral("torch.CharStorage"), QStringLiteral("I8")},
        {QStringLiteral("torch.ByteStorage"), QStringLiteral("U8")},
        {QStringLiteral("torch.BoolStorage"), QStringLiteral("BOOL")},
        {QStringLiteral("torch.float8_e4m3fn"), QStringLiteral("F8_E4M3")},
        {QStringLiteral("torch.float8_e5m2"), QStringLiteral("F8_E5M2")},
        {QStringLiteral("torch.uint16"), QStringLiteral("U16")},
        {QStringLiteral("torch.uint32"), QStringLiteral("U32")},
        {QStringLiteral("torch.uint64"), QStringLiteral("U64")},
    };
    return types;
}

const QString rebuild = QStringLiteral("torch._utils._rebuild_tensor");
const QString rebuild_v2 = QStringLiteral("torch._utils._rebuild_tensor_v2");
const QString rebuild_v3 = QStringLiteral("torch._utils._rebuild_tensor_v3");
const QString rebuild_parameter = QStringLiteral("torch._utils._rebuild_parameter");
const QString untyped_storage = QStringLiteral("torch.storage.UntypedStorage");

bool may_be_named(const QString &name)
{
    return name == QStringLiteral("collections.OrderedDict") || name == rebuild || name == rebuild_v2 ||
           name == rebuild_v3 || name == rebuild_parameter || name == untyped_storage ||
           name == QStringLiteral("torch.Size") || types().contains(name);
}

/// What the pickle and the zip file around it say of tensors.
class StateDict
{
public:
    StateDict(std::span<const uchar> bytes, const QString &file)
        : file_(file)
        , entries_(read_zip_directory(bytes, file))
        , root_(root_of(entries_))
        , pickle_(content(bytes, QStringLiteral("/data.pkl")), file, may_be_named)
        , free_bytes_(static_cast<qint64>(bytes.size()))
    {
        if (entries_.contains(root_ + QStringLiteral("/byteorder"))) {
            const auto order = content(bytes, QStringLiteral("/byteorder"));
            const QByteArray text(reinterpret_cast<const char *>(order.data()),
                                  static_cast<qsizetype>(std::min<std::size_t>(order.size(), 20)));
            if (text != "little")
                throw unusable(file, QStringLiteral("byteorder"), QStringLiteral("little"),
                               shortened(QString::fromUtf8(text)));
        }
    }

    QMap<QString, TensorInfo> tensors()
    {
        const PickledValue &root = pickle_.root();
        if (root.kind != Kind::dictionary)
            throw Error(QCoreApplication::translate("Model", "%1: expected a dictionary of tensors, found "
                                                             "something else, such as a whole model.")
                            .arg(file_));
        QMap<QString, TensorInfo> found = tensors_of(root);
        if (!found.isEmpty())
            return found;
        // A state of training: the tensors are one level further down.
        const std::vector<PickledValue> &items = pickle_.items(root);
        for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
            const QString key = pickle_.text(items[i]);
            if (key == QStringLiteral("state_dict") || key == QStringLiteral("model_state_dict") ||
                key == QStringLiteral("model"))
                return tensors_of(items[i + 1]);
        }
        return found;
    }

private:
    /// What stands before "/data.pkl" in the entries' names.
    QString root_of(const QMap<QString, ZipEntry> &entries) const
    {
        const QString pickle = QStringLiteral("/data.pkl");
        QString root;
        for (auto it = entries.begin(); it != entries.end(); ++it) {
            if (!it.key().endsWith(pickle) || it.key().count(QLatin1Char('/')) != 1)
                continue;
            if (!root.isNull())
                throw unusable(file_, pickle.mid(1), QCoreApplication::translate("Model", "one such entry"),
                               QCoreApplication::translate("Model", "several"));
            root = it.key().chopped(pickle.size());
        }
        if (root.isNull())
            throw unusable(file_, pickle.mid(1),
                           QCoreApplication::translate("Model", "an entry as torch.save() writes it"),
                           QCoreApplication::translate("Model", "none"));
        return root;
    }

    std::span<const uchar> content(std::span<const uchar> bytes, const QString &name) const
    {
        const ZipEntry entry = entries_.value(root_ + name);
        return bytes.subspan(static_cast<std::size_t>(entry.begin),
                             static_cast<std::size_t>(entry.end - entry.begin));
    }

    QMap<QString, TensorInfo> tensors_of(const PickledValue &dictionary)
    {
        QMap<QString, TensorInfo> found;
        const std::vector<PickledValue> &items = pickle_.items(dictionary);
        for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
            name_ = pickle_.text(items[i]);
            if (items[i].kind == Kind::text && items[i + 1].kind == Kind::call)
                found.insert(name_, tensor_of(items[i + 1]));
        }
        return found;
    }

    [[noreturn]] void refuse(const QString &expected, const QString &found) const
    {
        throw unusable(file_, name_, expected, found);
    }

    PickledValue argument(const std::vector<PickledValue> &arguments, std::size_t index, Kind kind) const
    {
        if (index >= arguments.size() || arguments[index].kind != kind)
            refuse(QCoreApplication::translate("Model", "a tensor as torch.save() writes it"),
                   QCoreApplication::translate("Model", "something else"));
        return arguments[index];
    }

    std::vector<qint64> numbers(const std::vector<PickledValue> &arguments, std::size_t index) const
    {
        constexpr std::size_t most_dimensions = 64; // PyTorch's own
        const std::vector<PickledValue> &items = pickle_.items(argument(arguments, index, Kind::list));
        if (items.size() > most_dimensions)
            refuse(QCoreApplication::translate("Model", "at most %1 dimensions").arg(most_dimensions),
                   QString::number(items.size()));
        std::vector<qint64> values;
        for (std::size_t i = 0; i < items.size(); ++i) {
            values.push_back(argument(items, i, Kind::integer).number);
            if (values.back() < 0)
                refuse(QCoreApplication::translate("Model", "sizes and strides from 0 on"),
                       QString::number(values.back()));
        }
        return values;
    }

    TensorInfo tensor_of(const PickledValue &value)
    {
        PickledValue call = value;
        if (pickle_.text(pickle_.items(call)[0]) == rebuild_parameter)
            call = argument(pickle_.items(pickle_.items(call)[1]), 0, Kind::call);
        const QString function = pickle_.text(pickle_.items(call)[0]);
        const std::vector<PickledValue> &arguments = pickle_.items(pickle_.items(call)[1]);
        if (function != rebuild && function != rebuild_v2 && function != rebuild_v3)
            refuse(QCoreApplication::translate("Model", "a tensor"), shortened(function));
        const QString type =
            function == rebuild_v3 ? pickle_.text(argument(arguments, 6, Kind::name)) : QString();
        TensorInfo tensor;
        tensor.shape = numbers(arguments, 2);
        tensor.strides = numbers(arguments, 3);
        place(tensor, argument(arguments, 0, Kind::outside), argument(arguments, 1, Kind::integer).number,
              type);
        return tensor;
    }

    /// Sets the dtype and the bytes. The storage is ("storage", type, key, device, how many numbers).
    void place(TensorInfo &tensor, const PickledValue &storage, qint64 offset, const QString &type)
    {
        const std::vector<PickledValue> &outside = pickle_.items(storage);
        const std::vector<PickledValue> &parts = pickle_.items(argument(outside, 0, Kind::list));
        const QString storage_type = pickle_.text(argument(parts, 1, Kind::name));
        tensor.dtype = types().value(type.isEmpty() ? storage_type : type);
        if (tensor.dtype.isEmpty())
            refuse(QCoreApplication::translate("Model", "numbers of a known type"),
                   shortened(type.isEmpty() ? storage_type : type));
        const QString key = root_ + QStringLiteral("/data/") + pickle_.text(argument(parts, 2, Kind::text));
        const auto entry = entries_.constFind(key);
        if (entry == entries_.constEnd())
            refuse(QCoreApplication::translate("Model", "an entry \"%1\" of the file").arg(shortened(key)),
                   QCoreApplication::translate("Model", "none"));
        const qint64 size = bytes_of_type(tensor.dtype);
        const qint64 room = (entry->end - entry->begin) / size;
        const qint64 count = count_of(tensor, offset, room);
        if (count == 0)
            tensor.strides.clear();
        drop_plain_strides(tensor);
        tensor.begin = entry->begin + (count > 0 ? offset * size : 0);
        tensor.end = count > 0 ? entry->begin + last_ * size : tensor.begin;
        take_room(tensor, count * size);
    }

    /// How many numbers the tensor has, all within the `room` numbers of the storage. Sets `last_`, the place
    /// after the last one.
    qint64 count_of(const TensorInfo &tensor, qint64 offset, qint64 room)
    {
        qint64 count = 1;
        last_ = offset;
        bool overflow = offset < 0 || tensor.strides.size() != tensor.shape.size();
        for (std::size_t i = 0; i < tensor.shape.size() && !overflow; ++i) {
            qint64 reach = 0;
            overflow =
                __builtin_mul_overflow(count, tensor.shape[i], &count) ||
                __builtin_mul_overflow(std::max<qint64>(tensor.shape[i] - 1, 0), tensor.strides[i], &reach) ||
                __builtin_add_overflow(last_, reach, &last_);
        }
        if (count == 0 && !overflow)
            return 0;
        ++last_;
        if (overflow || last_ > room || count > last_ - offset)
            refuse(QCoreApplication::translate("Model", "%1 within the %2 numbers that are stored, each once")
                       .arg(shape_as_text(tensor.shape))
                       .arg(room),
                   QCoreApplication::translate("Model", "offset %1, strides %2")
                       .arg(offset)
                       .arg(shape_as_text(tensor.strides)));
        return count;
    }

    static void drop_plain_strides(TensorInfo &tensor)
    {
        qint64 step = 1;
        for (std::size_t i = tensor.strides.size(); i > 0; --i) {
            const qint64 size = tensor.shape[i - 1];
            if (size > 1 && tensor.strides[i - 1] != step)
                return;
            step *= size;
        }
        tensor.strides.clear();
    }

    /// Tensors over each other would make a small file large. The same one under several names is one.
    void take_room(const TensorInfo &tensor, qint64 size)
    {
        const auto key = std::tuple(tensor.begin, tensor.end, tensor.shape, tensor.strides, tensor.dtype);
        if (!seen_.insert(key).second)
            return;
        if (size > free_bytes_)
            refuse(QCoreApplication::translate("Model", "tensors that take no more bytes than the file has"),
                   QCoreApplication::translate("Model", "tensors over each other"));
        free_bytes_ -= size;
    }

    QString file_;
    QMap<QString, ZipEntry> entries_;
    QString root_;
    Pickle pickle_;
    qint64 free_bytes_;
    QString name_; ///< of the tensor that is looked at, for messages
    qint64 last_ = 0;
    std::set<std::tuple<qint64, qint64, std::vector<qint64>, std::vector<qint64>, QString>> seen_;
};

} // namespace

QMap<QString, TensorInfo> read_torch_tensors(std::span<const uchar> bytes, const QString &file)
{
    if (!is_zip(bytes)) {
        const bool pickle = bytes.size() > 2 && bytes[0] == 0x80 && bytes[1] <= 5;
        throw Error(
            pickle ? QCoreApplication::translate(
                         "Model",
                         "%1 is in the format that PyTorch wrote before version 1.6, which is not read. "
                         "Save it again once, in Python:\n"
                         "import torch\n"
                         "torch.save(torch.load(\"%1\", map_location=\"cpu\", weights_only=True), \"%1\")")
                         .arg(file)
                   : QCoreApplication::translate(
                         "Model", "%1 is no file that torch.save() wrote: expected a zip file.")
                         .arg(file));
    }
    return StateDict(bytes, file).tensors();
}

} // namespace encoderscope
