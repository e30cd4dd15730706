// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/corpus/add_sentences.h"
#include "engine/corpus/corpus_reader.h"
#include "engine/model/default_model.h"

#include <QFile>
#include <QProcess>
#include <QSqlRecord>
#include <QTemporaryDir>

namespace encoderscope
{

inline constexpr int limit = 24; ///< tokens of a sentence

inline QByteArrayList sentences(int count)
{
    static const QByteArrayList subjects{"The cat", "A small dog", "고양이가", "Nobody",
                                         "My old friend Anna"};
    static const QByteArrayList verbs{"sees", "does not like", "remembers", "잡았다", "walks with"};
    static const QByteArrayList objects{
        "the moon.", "a river, a bridge and a house.", "쥐를!", "it?",
        "everything that was ever written about the animals of the north, the "
        "south, the east and the west."};
    QByteArrayList lines;
    for (int i = 0; i < count; ++i)
        lines.append(subjects[i % 5] + ' ' + verbs[i / 5 % 5] + ' ' + objects[(i + i / 25) % 5] + ' ' +
                     QByteArray::number(i % 7));
    return lines;
}

/// Everything in a corpus, a line for each row, totals and vectors to seven digits.
inline QStringList content(const QString &path)
{
    const CorpusFile file(path, CorpusFile::Access::read);
    QStringList lines;
    for (const char *statement :
         {"SELECT 'sentence', name, id & 4294967295, text, tokens, cut, queries, hex(heads), hex(vector) "
          "FROM "
          "sentence JOIN (SELECT id AS source, name FROM source) ON source = id >> 32 ORDER BY name, id",
          "SELECT 'token', * FROM token ORDER BY sentence, position",
          "SELECT 'piece', * FROM piece ORDER BY id",
          "SELECT 'prediction', * FROM prediction ORDER BY sentence, kind, first, rank",
          "SELECT 'total', layer, head, measure, sentences, round(mean, 7), round(squares, 7), queries, "
          "round(sum, 6) FROM head_total ORDER BY layer, head, measure",
          "SELECT 'neuron', * FROM neuron_example ORDER BY layer, neuron, sentence",
          "SELECT 'head', * FROM head_example ORDER BY layer, head, sentence",
          "SELECT 'found', rowid FROM sentence_text WHERE sentence_text MATCH 'moon' ORDER BY rowid"}) {
        QSqlQuery query = file.prepared(QLatin1String(statement));
        file.execute(query);
        while (query.next()) {
            QStringList values;
            for (int i = 0; i < query.record().count(); ++i)
                values.append(query.value(i).toString());
            lines.append(values.join(QLatin1Char('|')));
        }
    }
    return lines;
}

/// Empty when there is no such file.
inline QByteArray bytes_of(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

struct Outcome {
    int code = -1;
    QString errors;
};

/// Of `encoderscope corpus`.
inline Outcome run_corpus_command(const QStringList &arguments)
{
    QProcess process;
    process.start(QStringLiteral(ENCODERSCOPE_PROGRAM), QStringList{QStringLiteral("corpus")} + arguments);
    process.waitForFinished(60000);
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            QString::fromUtf8(process.readAllStandardError())};
}

/// Where tests make corpora of the default model.
class CorpusFolder
{
public:
    QString path(const QString &name) const { return folder_.filePath(name); }
    QString write(const QString &name, const QByteArray &bytes) const
    {
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write");
        return file.fileName();
    }
    AddProgress add(const QString &corpus, const QString &text, AddOptions options = {},
                    const std::stop_token &stop = {},
                    const std::function<void(const AddProgress &)> &report = {}) const
    {
        CorpusFile file(corpus, settings_);
        CorpusWriter writer(file);
        SentenceReader reader({.path = text, .format = format_of_file(text), .field = {}});
        return add_sentences(writer, settings_, model_, reader, options, report, stop);
    }

protected:
    QTemporaryDir folder_;
    ModelPtr model_ = default_model();
    CorpusSettings settings_ = settings_of(*model_, limit, 3);
    QString text_ = write(QStringLiteral("text.txt"), sentences(100).join('\n'));
};

} // namespace encoderscope
