// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/corpus/sentence_result.h"
#include "engine/error.h"
#include "engine/model/model.h"

#include <QSqlDatabase>
#include <QSqlQuery>

#include <memory>

class QLockFile;

namespace encoderscope
{

/// What all sentences of a corpus have in common.
struct CorpusSettings {
    QString model;      ///< model_hash()
    QString model_name; ///< for the user
    int layers = 0;
    int heads = 0;
    int d_ff = 0;
    int max_tokens = 0; ///< longer sentences are cut; 0 = no limit
    int examples = 10;  ///< that are kept of each neuron and head

    std::size_t all_heads() const
    {
        return static_cast<std::size_t>(layers) * static_cast<std::size_t>(heads);
    }
    std::size_t all_neurons() const
    {
        return static_cast<std::size_t>(layers) * static_cast<std::size_t>(d_ff);
    }
};

/// Most that can be kept.
constexpr int most_kept_examples = 100;

CorpusSettings settings_of(const Model &model, int max_tokens, int examples);

/// A corpus: an SQLite database (README.md says what is in it). One program writes at a time; any number may
/// read meanwhile. For the thread that opened it.
class CorpusFile
{
public:
    enum class Access { read, write };
    static constexpr int version = 1; ///< of the schema

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
    const CorpusSettings &settings() const { return settings_; }

    /// A statement, ready for its values. Throws Error.
    QSqlQuery prepared(const QString &statement) const;
    /// Runs it with what is bound to it. Throws Error.
    void execute(QSqlQuery &query) const;
    void execute(const QString &statement) const;

private:
    void open(Access access);
    void create(const CorpusSettings &settings);
    void read_settings();
    Error failure(const QSqlError &error) const;

    QString path_;
    std::unique_ptr<QLockFile> lock_; ///< held while writing
    QSqlDatabase database_;
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
