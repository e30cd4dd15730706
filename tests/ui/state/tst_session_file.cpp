// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/session_file.h"
#include "ui/state/view_kinds.h"

#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace encoderscope;

namespace
{

const QString name = QStringLiteral("a.encoderscope");

/// Something other than the default in every field.
SessionState rich()
{
    SessionState state;
    RunInput &input = state.input;
    input.text = QStringLiteral("나는 \"집\" 에\n🙂 간다");
    input.textB = QStringLiteral("");
    input.reference = {ModelReference::Kind::folder, QStringLiteral("/some/where"), QStringLiteral("00ff")};
    input.tokenization = Tokenization::character;
    input.switches.layer(4).heads_off = {0, 7};
    input.switches.layer(2).on = false;
    input.switches.layer(1).attention = false;
    input.switches.layer(1).feed_forward = false;
    input.switches.positions = false;
    input.switches.embedding_scale = true;
    input.switches.activation = Activation::gelu_tanh;
    input.switches.temperature = 0.3F;
    input.masked = {{.begin = 0, .end = 2}, {.special = 1}};
    input.replaced = {{.begin = 3, .end = 4, .part = 2}};
    state.pinnedRuns = {{QStringLiteral("one"), input}};
    state.reference = {ReferenceChoice::Kind::pinned, QStringLiteral("one")};
    state.comparison = Comparison::difference;
    state.hidesSpecial = true;
    state.page = QStringLiteral("attention");
    state.pinned.layer = 5;
    state.pinned.head = 11;
    state.pinned.dimension = 3;
    state.pinned.neuron = 99;
    state.pinned.query = TokenAnchor{.begin = 3, .end = 4};
    state.pinned.key = TokenAnchor{.special = 0};
    state.target = TargetChoice{.kind = TargetChoice::Kind::word,
                                .measure = Measure::log_probability,
                                .token = TokenAnchor{.begin = 3, .end = 4},
                                .name = QStringLiteral("집"),
                                .contrast = QStringLiteral("##\"집"),
                                .lost = true};
    state.views[QStringLiteral("attention")][QStringLiteral("quantity")] = QStringLiteral("raw-scores");
    state.views[QStringLiteral("attention")][QStringLiteral("log")] = true;
    state.views[QStringLiteral("similarity")][QStringLiteral("layer")] = 3;
    state.zoomed[QStringLiteral("attention")] = QRectF(1.5, 2.0, 3.25, 4.0);
    return state;
}

SessionState reread(const SessionState &state)
{
    return readSession(JsonField::parse(sessionBytes(state), name), viewKinds());
}

} // namespace

class TestSessionFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everythingComesBack()
    {
        QVERIFY(reread(rich()) == rich());
        QVERIFY(reread(SessionState()) == SessionState());
        QTemporaryDir folder;
        const QString path = folder.filePath(name);
        writeSessionFile(rich(), path);
        QVERIFY(readSessionFile(path, viewKinds()) == rich());
    }

    void everyKindOfTargetComesBack()
    {
        using Kind = TargetChoice::Kind;
        for (const TargetChoice &target :
             {TargetChoice{.kind = Kind::label, .name = QStringLiteral("positive")},
              TargetChoice{.kind = Kind::similarity},
              TargetChoice{.kind = Kind::neuron, .token = TokenAnchor{.special = 0}, .layer = 3, .index = 17},
              TargetChoice{.kind = Kind::hidden, .layer = -1, .index = -1},
              TargetChoice{.kind = Kind::hidden, .layer = 2, .index = 5}}) {
            SessionState state;
            state.target = target;
            QVERIFY(reread(state) == state);
        }
    }

    void wrongValuesAreRefused_data()
    {
        QTest::addColumn<QString>("field"); // as the message names it
        QTest::addColumn<QByteArray>("value");
        const auto row = [](const char *field, const char *value) {
            QTest::addRow("%s = %s", field, value) << QString::fromLatin1(field) << QByteArray(value);
        };
        row("format", "\"something else\"");
        row("format", "null");
        row("version", "2");
        row("version", "\"1\"");
        row("text", "7");
        row("text", "null");
        row("text_b", "[]");
        row("tokenization", "\"bytes\"");
        row("comparison", "1");
        row("hide_special", "\"yes\"");
        row("page", "{}");
        row("masked", "{}");
        row("masked[1].end", "1e300");
        row("masked[1].begin", "-1");
        row("masked[1].begin", "0.5");
        row("masked[1].sentence", "\"c\"");
        row("masked[0].special", "-1");
        row("replaced[0].part", "1e9");
        row("replaced[0].end", "2"); // before its beginning
        row("switches", "[]");
        row("switches.layers[0].layer", "0");
        row("switches.layers[0].layer", "2000000000");
        row("switches.layers[0].attention", "0");
        row("switches.layers[2].heads_off", "true");
        row("switches.layers[2].heads_off[0]", "0");
        row("switches.activation", "\"tanh\"");
        row("switches.temperature", "0");
        row("switches.temperature", "1e999");
        row("switches.embedding_scale", "\"no\"");
        row("model", "\"bert\"");
        row("model.kind", "\"cloud\"");
        row("model.source", "\"relative/path\"");
        row("model.source", "\"\"");
        row("model.hash", "12");
        row("pinned.layer", "0");
        row("pinned.head", "1.5");
        row("pinned.neuron", "-2");
        row("pinned.query", "3");
        row("pinned.query.begin", "4000000000");
        row("target", "7");
        row("target.kind", "\"weight\"");
        row("target.kind", "null");
        row("target.measure", "\"loss\"");
        row("target.token.end", "-1");
        row("target.name", "[]");
        row("target.contrast", "3");
        row("target.lost", "\"no\"");
        row("views", "[]");
        row("views.attention", "true");
        row("views.attention.quantity", "\"weight\"");
        row("views.attention.log", "\"on\"");
        row("views.similarity.layer", "-2");
        row("zoomed", "1");
        row("zoomed.attention", "[1, 2, 3]");
        row("zoomed.attention[2]", "0");
        row("zoomed.attention[0]", "\"left\"");
    }

    void wrongValuesAreRefused()
    {
        QFETCH(QString, field);
        QFETCH(QByteArray, value);
        // The field's value is taken from its place in the file of a good state, by its path.
        const QByteArray bytes = QJsonDocument(put(QJsonDocument::fromJson(sessionBytes(rich())).object(),
                                                   field, QStringLiteral("@@@"))
                                                   .toObject())
                                     .toJson();
        QVERIFY2(bytes.contains("\"@@@\""), "no such field");
        QByteArray wrong = bytes;
        wrong.replace("\"@@@\"", value);
        try {
            readSession(JsonField::parse(wrong, name), viewKinds());
            QFAIL("was accepted");
        } catch (const Error &error) {
            if (value == "1e999") // no JSON number
                return;
            QVERIFY2(error.message().contains(name), error.what());
            QVERIFY2(error.message().contains(u'"' + field + u'"'), error.what());
        }
    }

    void whatIsNotKnownIsPassedOver()
    {
        QJsonObject file = QJsonDocument::fromJson(sessionBytes(rich())).object();
        file[QStringLiteral("mood")] = 3;
        QJsonObject views = file[QStringLiteral("views")].toObject();
        views[QStringLiteral("hologram")] = QJsonObject{{QStringLiteral("depth"), 2}};
        file[QStringLiteral("views")] = views;
        QVERIFY(readSession(JsonField::parse(QJsonDocument(file).toJson(), name), viewKinds()) == rich());
    }

    void longTextsAreRefused()
    {
        SessionState state;
        state.input.text = QString(longest_session_text, QLatin1Char('a'));
        QVERIFY(reread(state) == state);
        state.input.text += QLatin1Char('a');
        QVERIFY_THROWS_EXCEPTION(Error, reread(state));
    }

    void afterAFailureTheFileIsTheOldOne()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(name);
        writeSessionFile(rich(), path);
        QVERIFY_THROWS_EXCEPTION(Error,
                                 writeSessionFile(rich(), folder.filePath(QStringLiteral("no/such/folder"))));
        QVERIFY(readSessionFile(path, viewKinds()) == rich());
        QVERIFY_THROWS_EXCEPTION(Error, readSessionFile(folder.path(), viewKinds()));
        QVERIFY_THROWS_EXCEPTION(Error,
                                 readSessionFile(folder.filePath(QStringLiteral("none")), viewKinds()));
    }

private:
    /// `value` with what lies at `path` ("a.b[2].c") replaced.
    static QJsonValue put(const QJsonValue &value, const QString &path, const QString &with)
    {
        if (path.isEmpty())
            return with;
        if (path.startsWith(QLatin1Char('['))) {
            const qsizetype end = path.indexOf(QLatin1Char(']'));
            const int index = path.mid(1, end - 1).toInt();
            QJsonArray array = value.toArray();
            const QString rest = path.mid(end + 1);
            array[index] = put(array[index], rest.startsWith(QLatin1Char('.')) ? rest.mid(1) : rest, with);
            return array;
        }
        qsizetype end = 0;
        while (end < path.size() && path[end] != QLatin1Char('.') && path[end] != QLatin1Char('['))
            ++end;
        QJsonObject object = value.toObject();
        const QString rest = path.mid(end);
        const QString field = path.left(end);
        object[field] = put(object[field], rest.startsWith(QLatin1Char('.')) ? rest.mid(1) : rest, with);
        return object;
    }
};

QTEST_GUILESS_MAIN(TestSessionFile)
#include "tst_session_file.moc"
