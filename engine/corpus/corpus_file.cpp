// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/corpus/corpus_file.h"

#include "engine/corpus/corpus_messages.h"
#include "engine/corpus/corpus_schema.h"
#include "engine/version.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QHash>
#include <QLockFile>
#include <QSqlError>

#include <atomic>

namespace encoderscope
{

namespace
{

constexpr int application = 0x456E6353; // "EncS": what `file` and SQLite's tools can show
constexpr int most_layers = 256, most_heads = 256, most_neurons = 1 << 20;

const QString token_layers_property = QStringLiteral("token_layers");

/// Layers, for the user.
QString said(const std::vector<int> &layers)
{
    return layers.empty() ? CorpusMessages::tr("none") : layers_as_text(layers);
}

QString connection_name()
{
    static std::atomic<int> next = 0;
    return QStringLiteral("corpus %1").arg(next++);
}

/// SQLite's own error numbers (https://www.sqlite.org/rescode.html).
enum class Code { busy = 5, locked = 6, read_only = 8, corrupt = 11, full = 13, no_database = 26 };

bool is(const QSqlError &error, Code code)
{
    return (error.nativeErrorCode().toInt() & 0xFF) == static_cast<int>(code);
}

/// What the file itself says, without what lies in a -wal or -journal beside it. Another program's must not
/// even be opened to write: that would take over what its owner has not yet put into it.
bool says_it_is_one(const QString &path)
{
    constexpr int place = 68; // https://www.sqlite.org/fileformat.html#application_id
    QFile file(path);
    return file.open(QIODevice::ReadOnly) && file.seek(place) &&
           file.read(4) == QByteArray::fromHex(QByteArray::number(application, 16));
}

} // namespace

CorpusFile::CorpusFile(const QString &path, Access access)
    : path_(path)
{
    if (!QFileInfo::exists(path))
        throw Error(CorpusMessages::tr("There is no corpus %1.").arg(path));
    if (access == Access::write)
        lock();
    open(access == Access::write && says_it_is_one(path) ? Access::write : Access::read);
    read_settings();
    if (access == Access::write)
        start_writing();
}

CorpusFile::CorpusFile(const QString &path, const CorpusSettings &settings)
    : path_(path)
{
    lock();
    const bool there = QFileInfo(path).size() > 0;
    if (there)
        open(says_it_is_one(path) ? Access::write : Access::read);
    if (!there || empty()) {
        open(Access::write);
        if (!settings.token_layers.empty()) // before anything is written
            execute(QStringLiteral("PRAGMA page_size = %1").arg(token_vector_page(settings.d_model)));
        start_writing();
        create(settings);
    }
    read_settings();
    if (settings_.model != settings.model)
        throw Error(
            CorpusMessages::tr("%1 was made with another model, %2 (%3); this one is %4 (%5).")
                .arg(path, settings_.model_name, settings_.model, settings.model_name, settings.model));
    if (settings_.layers != settings.layers || settings_.heads != settings.heads ||
        settings_.d_ff != settings.d_ff)
        throw damaged(CorpusMessages::tr("it has the model's hash, but other sizes"));
    if (settings_.max_tokens != settings.max_tokens)
        throw Error(CorpusMessages::tr("%1: its sentences were cut to %2 tokens, not to %3 (--max-tokens).")
                        .arg(path)
                        .arg(settings_.max_tokens)
                        .arg(settings.max_tokens));
    if (settings_.examples != settings.examples)
        throw Error(CorpusMessages::tr("%1 keeps %2 examples of each neuron and head, not %3 (--examples).")
                        .arg(path)
                        .arg(settings_.examples)
                        .arg(settings.examples));
    if (settings_.token_layers != settings.token_layers)
        throw Error(
            CorpusMessages::tr("%1 keeps vectors of tokens after these layers: %2; not after these: %3 "
                               "(--token-vectors).")
                .arg(path, said(settings_.token_layers), said(settings.token_layers)));
    start_writing();
    for (const QString &statement : corpus_indexes())
        execute(statement); // it may be older than they are
}

CorpusFile::~CorpusFile()
{
    if (writing_ && connection_.database.isOpen()) {
        // One file again, which can be read where nothing can be written; not while somebody reads it.
        QSqlQuery(connection_.database).exec(QStringLiteral("PRAGMA journal_mode = DELETE"));
    }
}

CorpusFile::Connection::~Connection()
{
    const QString name = database.connectionName();
    database.close();
    database = QSqlDatabase();
    QSqlDatabase::removeDatabase(name);
}

void CorpusFile::lock()
{
    const QFileInfo info(path_);
    if (info.exists() && !info.isFile())
        throw Error(CorpusMessages::tr("%1 is no file.").arg(path_));
    if (!info.absoluteDir().exists())
        throw Error(CorpusMessages::tr("There is no folder %1.").arg(info.absolutePath()));
    lock_ = std::make_unique<QLockFile>(path_ + QStringLiteral(".lock"));
    lock_->setStaleLockTime(0); // only a process that is no more
    if (lock_->tryLock())
        return;
    qint64 process = 0;
    QString host, program;
    if (lock_->error() == QLockFile::LockFailedError && lock_->getLockInfo(&process, &host, &program))
        throw Error(CorpusMessages::tr("%1 is being written by another program: %2, process %3 on %4.")
                        .arg(path_, program)
                        .arg(process)
                        .arg(host));
    throw Error(CorpusMessages::tr("%1 cannot be written: no file can be made beside it.").arg(path_));
}

void CorpusFile::open(Access access)
{
    const QFileInfo info(path_);
    if (info.exists() && !info.isFile())
        throw Error(CorpusMessages::tr("%1 is no file.").arg(path_));
    QSqlDatabase &database = connection_.database;
    if (database.isOpen())
        database.close();
    else
        database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), connection_name());
    if (!database.isValid())
        throw Error(
            CorpusMessages::tr("Qt's plugin for SQLite is not installed (Debian: libqt6sql6-sqlite)."));
    database.setDatabaseName(path_);
    database.setConnectOptions(access == Access::read
                                   ? QStringLiteral("QSQLITE_OPEN_READONLY;QSQLITE_BUSY_TIMEOUT=5000")
                                   : QStringLiteral("QSQLITE_BUSY_TIMEOUT=5000"));
    if (!database.open())
        throw failure(database.lastError());
    // What the file says must not make it do anything: it may be anybody's.
    execute(QStringLiteral("PRAGMA trusted_schema = OFF"));
    execute(QStringLiteral("PRAGMA cell_size_check = ON"));
    access_ = access;
}

void CorpusFile::start_writing()
{
    if (writing_)
        return;
    if (access_ == Access::read)
        open(Access::write);
    execute(QStringLiteral("PRAGMA journal_mode = WAL"));
    execute(QStringLiteral("PRAGMA synchronous = NORMAL"));
    // Of each neuron some examples change in nearly every transaction of a small corpus: all of them lie
    // here.
    execute(QStringLiteral("PRAGMA cache_size = -32768")); // KiB, at most
    writing_ = true;
}

bool CorpusFile::empty() const
{
    QSqlQuery query = prepared(QStringLiteral("SELECT count(*) FROM sqlite_schema"));
    execute(query);
    return query.next() && query.value(0).toInt() == 0 && pragma(QStringLiteral("application_id")) == 0 &&
           pragma(QStringLiteral("user_version")) == 0;
}

int CorpusFile::pragma(const QString &name) const
{
    QSqlQuery query = prepared(QStringLiteral("PRAGMA ") + name);
    execute(query);
    return query.next() ? query.value(0).toInt() : 0;
}

void CorpusFile::create(const CorpusSettings &settings)
{
    Transaction transaction(*this);
    for (const QString &statement : corpus_schema())
        execute(statement);
    execute(QStringLiteral("PRAGMA application_id = %1").arg(application));
    const bool plain = settings.token_layers.empty();
    execute(QStringLiteral("PRAGMA user_version = %1").arg(plain ? version_of_plain : version));
    if (!plain) {
        for (const QString &statement : token_vector_schema())
            execute(statement);
    }
    QSqlQuery insert = prepared(QStringLiteral("INSERT INTO property VALUES (?, ?)"));
    const std::pair<const char *, QString> properties[] = {
        {"model", settings.model},
        {"model_name", settings.model_name},
        {"layers", QString::number(settings.layers)},
        {"heads", QString::number(settings.heads)},
        {"d_ff", QString::number(settings.d_ff)},
        {"max_tokens", QString::number(settings.max_tokens)},
        {"examples", QString::number(settings.examples)},
        {"program", QStringLiteral("Encoderscope ") + program_version()},
    };
    for (const auto &[name, value] : properties) {
        insert.addBindValue(QLatin1String(name));
        insert.addBindValue(value.isNull() ? QStringLiteral("") : value);
        execute(insert);
    }
    if (!plain) {
        insert.addBindValue(token_layers_property);
        insert.addBindValue(layers_as_text(settings.token_layers));
        execute(insert);
    }
    transaction.commit();
}

void CorpusFile::read_settings()
{
    if (pragma(QStringLiteral("application_id")) != application)
        throw Error(CorpusMessages::tr("%1 is a database, but no corpus of this program.").arg(path_));
    if (const int found = pragma(QStringLiteral("user_version")); found < version_of_plain || found > version)
        throw Error(CorpusMessages::tr("%1 is a corpus of version %2; this program reads versions %3 and %4.")
                        .arg(path_)
                        .arg(found)
                        .arg(version_of_plain)
                        .arg(version));
    QSqlQuery query = prepared(QStringLiteral("SELECT name, value FROM property"));
    execute(query);
    QHash<QString, QString> properties;
    while (query.next())
        properties.insert(query.value(0).toString(), query.value(1).toString());
    const auto number = [&](const char *name, int least, int most) {
        bool good = false;
        const QString text = properties.value(QLatin1String(name));
        const int value = text.toInt(&good);
        if (!good || value < least || value > most)
            throw Error(CorpusMessages::tr("%1: property %2 is \"%3\"; expected a number from %4 to %5.")
                            .arg(path_, QLatin1String(name), text.left(40))
                            .arg(least)
                            .arg(most));
        return value;
    };
    settings_ = {.model = properties.value(QStringLiteral("model")),
                 .model_name = properties.value(QStringLiteral("model_name")),
                 .layers = number("layers", 0, most_layers),
                 .heads = number("heads", 1, most_heads),
                 .d_ff = number("d_ff", 0, most_neurons),
                 .max_tokens = number("max_tokens", 0, 1 << 20),
                 .examples = number("examples", 0, most_kept_examples)};
    const QString layers = properties.value(token_layers_property);
    const std::optional<std::vector<int>> token_layers = layers_from_text(layers, settings_.layers);
    if (!token_layers)
        throw Error(CorpusMessages::tr("%1: property %2 is \"%3\"; expected layers from 1 to %4, as in 2,4.")
                        .arg(path_, token_layers_property, layers.left(40))
                        .arg(settings_.layers));
    settings_.token_layers = *token_layers;
}

QSqlQuery CorpusFile::prepared(const QString &statement) const
{
    QSqlQuery query(connection_.database);
    query.setForwardOnly(true);
    if (!query.prepare(statement))
        throw failure(query.lastError());
    return query;
}

void CorpusFile::execute(QSqlQuery &query) const
{
    if (!query.exec())
        throw failure(query.lastError());
}

void CorpusFile::execute(const QString &statement) const
{
    QSqlQuery query(connection_.database);
    if (!query.exec(statement))
        throw failure(query.lastError());
}

Error CorpusFile::damaged(const QString &what) const
{
    return Error(CorpusMessages::tr("%1 is damaged: %2.").arg(path_, what));
}

Error CorpusFile::failure(const QSqlError &error) const
{
    if (is(error, Code::no_database))
        return Error(CorpusMessages::tr("%1 is no SQLite database.").arg(path_));
    if (is(error, Code::full))
        return Error(
            CorpusMessages::tr("%1 cannot be written: the disk is full. What was added before is kept.")
                .arg(path_));
    if (is(error, Code::busy) || is(error, Code::locked))
        return Error(CorpusMessages::tr("%1 is being written by another program.").arg(path_));
    if (is(error, Code::read_only))
        return Error(CorpusMessages::tr("%1 cannot be written: it is read-only.").arg(path_));
    if (is(error, Code::corrupt))
        return damaged(error.databaseText());
    return Error(CorpusMessages::tr("%1: SQLite says: %2.").arg(path_, error.databaseText()));
}

Transaction::Transaction(const CorpusFile &file)
    : file_(file)
{
    file.execute(QStringLiteral("BEGIN IMMEDIATE"));
}

Transaction::~Transaction()
{
    if (!open_)
        return;
    try {
        file_.execute(QStringLiteral("ROLLBACK"));
    } catch (const Error &) {
        // SQLite has rolled back by itself, as it does when the disk is full.
    }
}

void Transaction::commit()
{
    file_.execute(QStringLiteral("COMMIT"));
    open_ = false;
}

} // namespace encoderscope
