// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/unpickler.h"

#include "engine/model/unusable.h"

#include <QCoreApplication>
#include <QHash>
#include <QtEndian>

#include <algorithm>

namespace encoderscope
{

namespace
{

/// The opcodes that are known, by their names in Python's pickletools.
enum Opcode : uchar {
    MARK = '(',
    STOP = '.',
    POP = '0',
    POP_MARK = '1',
    DUP = '2',
    BINBYTES = 'B',
    SHORT_BINBYTES = 'C',
    BINFLOAT = 'G',
    BININT = 'J',
    BININT1 = 'K',
    BININT2 = 'M',
    NONE = 'N',
    BINPERSID = 'Q',
    REDUCE = 'R',
    BINSTRING = 'T',
    SHORT_BINSTRING = 'U',
    BINUNICODE = 'X',
    EMPTY_LIST = ']',
    APPEND = 'a',
    BUILD = 'b',
    GLOBAL = 'c',
    APPENDS = 'e',
    BINGET = 'h',
    INST = 'i',
    LONG_BINGET = 'j',
    BINPUT = 'q',
    LONG_BINPUT = 'r',
    SETITEM = 's',
    TUPLE = 't',
    SETITEMS = 'u',
    EMPTY_DICT = '}',
    EMPTY_TUPLE = ')',
    PROTO = 0x80,
    NEWOBJ = 0x81,
    TUPLE1 = 0x85,
    TUPLE2 = 0x86,
    TUPLE3 = 0x87,
    NEWTRUE = 0x88,
    NEWFALSE = 0x89,
    LONG1 = 0x8a,
    SHORT_BINUNICODE = 0x8c,
    STACK_GLOBAL = 0x93,
    MEMOIZE = 0x94,
    FRAME = 0x95,
};

} // namespace

using Kind = PickledValue::Kind;

/// The stack machine that a pickle is written for (PEP 307).
class Unpickler
{
public:
    Unpickler(Pickle &pickle, std::span<const uchar> bytes, const QString &file,
              const std::function<bool(const QString &)> &may_be_named)
        : pickle_(pickle)
        , bytes_(bytes)
        , file_(file)
        , may_be_named_(may_be_named)
    {
    }

    PickledValue run()
    {
        for (;;) {
            const uchar opcode = *take(1);
            if (opcode == STOP)
                return pop();
            step(opcode);
        }
    }

private:
    [[noreturn]] void refuse(const QString &found) const
    {
        throw Error(
            QCoreApplication::translate("Model", "%1: its list of tensors is broken: %2, at byte %3 of it.")
                .arg(file_, found)
                .arg(at_));
    }

    const uchar *take(quint64 count)
    {
        if (count > bytes_.size() - at_)
            refuse(QCoreApplication::translate("Model", "it ends too early"));
        const uchar *data = bytes_.data() + at_;
        at_ += count;
        return data;
    }
    template <typename Number>
    Number take_number()
    {
        return qFromLittleEndian<Number>(take(sizeof(Number)));
    }
    QString take_text(quint64 size)
    {
        const uchar *data = take(size);
        return QString::fromUtf8(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    }
    QString take_line()
    {
        const auto rest = bytes_.subspan(at_);
        const auto end = std::find(rest.begin(), rest.end(), '\n');
        const QString line = take_text(static_cast<quint64>(end - rest.begin()));
        take(1);
        return line;
    }

    void push(PickledValue value) { stack_.push_back(value); }
    PickledValue &top()
    {
        if (stack_.size() <= (marks_.empty() ? 0 : marks_.back()))
            refuse(QCoreApplication::translate("Model", "a value is missing"));
        return stack_.back();
    }
    PickledValue pop()
    {
        const PickledValue value = top();
        stack_.pop_back();
        return value;
    }
    std::vector<PickledValue> pop(std::size_t count)
    {
        std::vector<PickledValue> values(count);
        for (std::size_t i = count; i > 0; --i)
            values[i - 1] = pop();
        return values;
    }
    std::vector<PickledValue> pop_to_mark()
    {
        if (marks_.empty())
            refuse(QCoreApplication::translate("Model", "a mark is missing"));
        const auto mark = static_cast<std::ptrdiff_t>(marks_.back());
        std::vector<PickledValue> values(stack_.begin() + mark, stack_.end());
        stack_.resize(marks_.back());
        marks_.pop_back();
        return values;
    }

    void push_integer(qint64 number) { push({Kind::integer, number}); }
    void push_text(const QString &text, Kind kind = Kind::text)
    {
        pickle_.texts_.append(text);
        push({kind, pickle_.texts_.size() - 1});
    }
    /// Bounds what a small file can make large: a list that many dictionaries are made from.
    void count(std::size_t values)
    {
        constexpr std::size_t greatest = 4'000'000;
        held_ += values + 1;
        if (held_ > greatest)
            refuse(QCoreApplication::translate("Model", "more than %1 values").arg(greatest));
    }
    void push_items(Kind kind, std::vector<PickledValue> items)
    {
        count(items.size());
        pickle_.items_.push_back(std::move(items));
        push({kind, static_cast<qint64>(pickle_.items_.size()) - 1});
    }
    void push_name(const QString &module, const QString &name)
    {
        const QString whole = module + QLatin1Char('.') + name;
        if (!may_be_named_(whole))
            throw Error(QCoreApplication::translate(
                            "Model",
                            "%1 wants \"%2\" to be run when it is opened. Weights need nothing of the "
                            "kind, so the file is refused; nothing of it was run.")
                            .arg(file_, shortened(whole)));
        push_text(whole, Kind::name);
    }

    /// Adds to the list or dictionary on top of the stack.
    void append(const std::vector<PickledValue> &values, Kind kind)
    {
        const PickledValue to = top();
        if (to.kind != kind || (kind == Kind::dictionary && values.size() % 2 != 0))
            refuse(QCoreApplication::translate("Model", "what is added to is no list or dictionary"));
        count(values.size());
        std::vector<PickledValue> &items = pickle_.items_[static_cast<std::size_t>(to.number)];
        items.insert(items.end(), values.begin(), values.end());
    }

    void call()
    {
        const PickledValue arguments = pop();
        const PickledValue callee = pop();
        if (callee.kind != Kind::name || arguments.kind != Kind::list)
            refuse(QCoreApplication::translate("Model", "what is called has no name"));
        if (pickle_.text(callee) == QStringLiteral("collections.OrderedDict"))
            push_items(Kind::dictionary, pairs_of(pickle_.items(arguments)));
        else
            push_items(Kind::call, {callee, arguments});
    }
    /// OrderedDict() or, as Python 2 wrote it, OrderedDict([[key, value], ...]).
    std::vector<PickledValue> pairs_of(const std::vector<PickledValue> &arguments) const
    {
        std::vector<PickledValue> pairs;
        if (arguments.empty())
            return pairs;
        for (const PickledValue &pair : pickle_.items(arguments.front())) {
            if (pair.kind != Kind::list || pickle_.items(pair).size() != 2)
                refuse(QCoreApplication::translate("Model", "a dictionary is not made of pairs"));
            pairs.insert(pairs.end(), pickle_.items(pair).begin(), pickle_.items(pair).end());
        }
        return pairs;
    }

    void recall(quint32 place)
    {
        const auto found = memo_.constFind(place);
        if (found == memo_.constEnd())
            refuse(QCoreApplication::translate("Model", "it refers to a value that is not there"));
        push(*found);
    }
    qint64 take_long()
    {
        const quint8 size = *take(1);
        if (size > 8)
            refuse(QCoreApplication::translate("Model", "a number of %1 bytes").arg(size));
        const uchar *data = take(size);
        quint64 number = size > 0 && (data[size - 1] & 0x80U) != 0 ? ~quint64(0) : 0;
        for (int i = size - 1; i >= 0; --i)
            number = number << 8U | data[i];
        return static_cast<qint64>(number);
    }

    void step(uchar opcode);

    Pickle &pickle_;
    std::span<const uchar> bytes_;
    QString file_;
    const std::function<bool(const QString &)> &may_be_named_;
    std::size_t at_ = 0;
    std::size_t held_ = 0; ///< values in lists and dictionaries
    std::vector<PickledValue> stack_;
    std::vector<std::size_t> marks_;
    QHash<quint32, PickledValue> memo_;
};

void Unpickler::step(uchar opcode)
{
    switch (opcode) {
    case PROTO:
        take(1);
        break;
    case FRAME:
        take(8);
        break;
    case MARK:
        marks_.push_back(stack_.size());
        break;
    case POP:
        pop();
        break;
    case POP_MARK:
        pop_to_mark();
        break;
    case DUP:
        push(top());
        break;
    case NONE:
        push({});
        break;
    case NEWTRUE:
    case NEWFALSE:
        push_integer(opcode == NEWTRUE ? 1 : 0);
        break;
    case BININT:
        push_integer(take_number<qint32>());
        break;
    case BININT1:
        push_integer(take_number<quint8>());
        break;
    case BININT2:
        push_integer(take_number<quint16>());
        break;
    case LONG1:
        push_integer(take_long());
        break;
    case BINFLOAT:
        take(8);
        push({Kind::real, 0});
        break;
    case BINUNICODE:
    case BINSTRING:
    case BINBYTES:
        push_text(take_text(take_number<quint32>()));
        break;
    case SHORT_BINUNICODE:
    case SHORT_BINSTRING:
    case SHORT_BINBYTES:
        push_text(take_text(take_number<quint8>()));
        break;
    case EMPTY_LIST:
    case EMPTY_TUPLE:
        push_items(Kind::list, {});
        break;
    case EMPTY_DICT:
        push_items(Kind::dictionary, {});
        break;
    case TUPLE1:
    case TUPLE2:
    case TUPLE3:
        push_items(Kind::list, pop(opcode - TUPLE1 + std::size_t{1}));
        break;
    case TUPLE:
        push_items(Kind::list, pop_to_mark());
        break;
    case APPEND:
        append(pop(1), Kind::list);
        break;
    case APPENDS:
        append(pop_to_mark(), Kind::list);
        break;
    case SETITEM:
        append(pop(2), Kind::dictionary);
        break;
    case SETITEMS:
        append(pop_to_mark(), Kind::dictionary);
        break;
    case GLOBAL:
    case INST: {
        const QString module = take_line();
        push_name(module, take_line());
        break;
    }
    case STACK_GLOBAL: {
        const std::vector<PickledValue> names = pop(2);
        push_name(pickle_.text(names[0]), pickle_.text(names[1]));
        break;
    }
    case REDUCE:
    case NEWOBJ:
        call();
        break;
    case BUILD: // sets attributes, which nobody asks for
        pop();
        top();
        break;
    case BINPERSID:
        push_items(Kind::outside, pop(1));
        break;
    case BINPUT:
        memo_.insert(take_number<quint8>(), top());
        break;
    case LONG_BINPUT:
        memo_.insert(take_number<quint32>(), top());
        break;
    case MEMOIZE:
        memo_.insert(static_cast<quint32>(memo_.size()), top());
        break;
    case BINGET:
        recall(take_number<quint8>());
        break;
    case LONG_BINGET:
        recall(take_number<quint32>());
        break;
    default:
        refuse(QCoreApplication::translate("Model", "the opcode 0x%1, which no dictionary of tensors needs")
                   .arg(opcode, 2, 16, QLatin1Char('0')));
    }
}

Pickle::Pickle(std::span<const uchar> bytes, const QString &file,
               const std::function<bool(const QString &)> &may_be_named)
{
    constexpr std::size_t greatest_size = 16 * 1024 * 1024;
    if (bytes.size() > greatest_size)
        throw Error(
            QCoreApplication::translate("Model", "%1: its list of tensors has %2 bytes; expected at most %3.")
                .arg(file)
                .arg(bytes.size())
                .arg(greatest_size));
    root_ = Unpickler(*this, bytes, file, may_be_named).run();
}

QString Pickle::text(const PickledValue &value) const
{
    const bool has = value.kind == Kind::text || value.kind == Kind::name;
    return has ? texts_[static_cast<qsizetype>(value.number)] : QString();
}

const std::vector<PickledValue> &Pickle::items(const PickledValue &value) const
{
    static const std::vector<PickledValue> nothing;
    const bool has = value.kind == Kind::list || value.kind == Kind::dictionary || value.kind == Kind::call ||
                     value.kind == Kind::outside;
    return has ? items_[static_cast<std::size_t>(value.number)] : nothing;
}

} // namespace encoderscope
