// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/checkpoint.h"

#include "engine/model/tensor_names.h"
#include "engine/model/unusable.h"

#include <QCoreApplication>

#include <set>

namespace encoderscope
{

namespace
{

QString older_name(const QString &name)
{
    QString older = name;
    if (older.endsWith(QStringLiteral("LayerNorm.weight")))
        older.replace(older.size() - 6, 6, QStringLiteral("gamma"));
    else if (older.endsWith(QStringLiteral("LayerNorm.bias")))
        older.replace(older.size() - 4, 4, QStringLiteral("beta"));
    return older;
}

/// The name of what is read under the same memory: tensors that lie at the same bytes in the same way.
QString key_of(const MappedFile &file, const TensorInfo &tensor)
{
    return file.path() + QStringLiteral("|%1|%2|%3").arg(tensor.begin).arg(tensor.end).arg(tensor.dtype) +
           shape_as_text(tensor.shape) + shape_as_text(tensor.strides);
}

} // namespace

Checkpoint::Checkpoint(const QString &folder, const QString &prefix, const QString &table)
    : prefix_(prefix)
    , table_(table)
{
    const WeightFiles files = find_weight_files(folder);
    path_ = files.path;
    for (const QString &path : files.files)
        add(open_weight_file(path), files.file_of);
    for (auto it = files.file_of.begin(); it != files.file_of.end(); ++it) {
        if (!tensors_.contains(it.key()))
            throw Error(QCoreApplication::translate("Model", "%1 has no tensor \"%2\", which %3 says it has.")
                            .arg(it.value(), shortened(it.key()), path_));
    }
    drop_outer_prefix();
}

/// `file_of` says for several files which of them has a tensor.
void Checkpoint::add(const WeightFile &opened, const QMap<QString, QString> &file_of)
{
    files_.push_back(opened.file);
    for (auto it = opened.tensors.begin(); it != opened.tensors.end(); ++it) {
        if (file_of.isEmpty() || file_of.value(it.key()) == opened.file->path())
            tensors_.insert(it.key(), {opened.file, it.key(), it.value()});
    }
    for (auto it = opened.aliases.begin(); it != opened.aliases.end(); ++it) {
        if (!tensors_.contains(it.key()))
            tensors_.insert(it.key(), {opened.file, it.value(), opened.tensors[it.value()]});
    }
}

QString Checkpoint::outer_prefix() const
{
    std::set<QString> found;
    for (auto it = tensors_.begin(); it != tensors_.end(); ++it) {
        QString outer = it.key();
        if (!outer.endsWith(table_))
            continue;
        outer.chop(table_.size());
        if (outer == prefix_ || outer.isEmpty())
            return {};
        if (!outer.endsWith(QLatin1Char('.')))
            continue;
        if (outer.endsWith(QLatin1Char('.') + prefix_))
            outer.chop(prefix_.size());
        found.insert(outer);
    }
    if (found.empty())
        return {};
    if (found.size() > 1)
        throw Error(
            QCoreApplication::translate(
                "Model", "%1 has the tensors of several models: expected one, found \"%2\" and \"%3\".")
                .arg(path_, shortened(*found.begin()), shortened(*std::next(found.begin()))));
    const QString outer = *found.begin();
    for (const QString &other : architecture_prefixes()) {
        if (other != prefix_ && (QLatin1Char('.') + outer).contains(QLatin1Char('.') + other))
            throw Error(QCoreApplication::translate(
                            "Model", "%1: expected tensors \"%2…\", as config.json has it, found \"%3…\".")
                            .arg(path_, prefix_, shortened(outer)));
    }
    return outer;
}

void Checkpoint::drop_outer_prefix()
{
    const QString outer = outer_prefix();
    if (outer.isEmpty())
        return;
    QHash<QString, Stored> renamed;
    for (auto it = tensors_.begin(); it != tensors_.end(); ++it) {
        const bool behind = it.key().startsWith(outer);
        const QString name = behind ? it.key().mid(outer.size()) : it.key();
        if (!behind || !tensors_.contains(name))
            renamed.insert(name, it.value());
    }
    tensors_ = std::move(renamed);
}

QString Checkpoint::find(const QString &name) const
{
    for (const QString &candidate : {name, prefix_ + name, older_name(name), prefix_ + older_name(name)}) {
        if (tensors_.contains(candidate))
            return candidate;
    }
    return {};
}

SharedMatrix Checkpoint::tensor(const QString &name, const std::vector<qint64> &shape) const
{
    const QString found = find(name);
    if (found.isNull())
        throw Error(QCoreApplication::translate("Model", "%1 has no tensor \"%2\" %3.")
                        .arg(path_, name, shape_as_text(shape)));
    const Stored &stored = *tensors_.constFind(found);
    const QString key = key_of(*stored.file, stored.info);
    const auto read = read_.constFind(key);
    if (read != read_.constEnd() && stored.info.shape == shape)
        return *read;
    const SharedMatrix values = matrix_of(stored.file, stored.name, stored.info, shape);
    read_.insert(key, values);
    return values;
}

SharedMatrix Checkpoint::matrix(const QString &name, Index rows, Index columns) const
{
    return tensor(name, {rows, columns});
}

SharedMatrix Checkpoint::vector(const QString &name, Index size) const
{
    return tensor(name, {size});
}

qint64 Checkpoint::first_size(const QString &name) const
{
    const auto found = tensors_.constFind(find(name));
    return found == tensors_.constEnd() || found->info.shape.empty() ? 0 : found->info.shape.front();
}

} // namespace encoderscope
