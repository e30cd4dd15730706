// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/corpus/corpus_settings.h"
#include "engine/error.h"

#include <QSqlDatabase>
#include <QSqlQuery>

#include <memory>

class QLockFile;

namespace encoderscope
{

/// A corpus: an SQLite database (README.md says what is in it). One program writes at a time; any number may
/// read meanwhile. For the thread that opened it.
class CorpusFile
{
public:
    enum class Access { read, write };
    static constexpr int version = 2;          ///< of the schema
    static constexpr int version_of_plain = 1; ///< of a corpus without vectors of tokens, which is as it was

    /// Opens the corpus. Throws Error that names the path when there is none, it is something else, of a
    /// later version, or, to write, somebody else writes it.
    CorpusFile(const QString &path, Access access);
    /// Opens it to write, or makes it where there is none. Throws Error as above, and when what is there was
    /// made by another model or with other settings.
    CorpusFile(const QString &path, const CorpusSettings &settings);
    ~CorpusFile();
    CorpusFile(const CorpusFile &) = delete;
    CorpusFile &operator=(const CorpusFile &) = delete;

    const QString &path() const { return path_; }
    /// Without d_model.
    const CorpusSettings &settings() const { return settings_; }

    /// A statement, ready for its values. Throws Error.
    QSqlQuery prepared(const QString &statement) const;
    /// Runs it with what is bound to it. Throws Error.
    void execute(QSqlQuery &query) const;
    void execute(const QString &statement) const;

    /// To be thrown where what it holds cannot be: "%1 is damaged: `what`."
    Error damaged(const QString &what) const;

private:
    void lock();
    void open(Access access);
    /// Nothing is changed before.
    void start_writing();
    void create(const CorpusSettings &settings);
    /// Nothing in it, as the file is before create().
    bool empty() const;
    int pragma(const QString &name) const;
    void read_settings();
    Error failure(const QSqlError &error) const;

    QString path_;
    std::unique_ptr<QLockFile> lock_; ///< held while writing
    Access access_ = Access::read;    ///< to the file, as it is open
    bool writing_ = false;
    /// Closed and forgotten also where the file turns out to be no corpus.
    struct Connection {
        QSqlDatabase database;
        Connection() = default;
        ~Connection();
        Connection(const Connection &) = delete;
        Connection &operator=(const Connection &) = delete;
    } connection_;
    CorpusSettings settings_;
};

/// Everything until commit(), or nothing.
class Transaction
{
public:
    explicit Transaction(const CorpusFile &file);
    ~Transaction();
    Transaction(const Transaction &) = delete;
    Transaction &operator=(const Transaction &) = delete;
    /// Throws Error; then nothing of it is there.
    void commit();

private:
    const CorpusFile &file_;
    bool open_ = true;
};

} // namespace encoderscope
