// SPDX-License-Identifier: GPL-3.0-or-later
#include "resources/translations/language.h"
#include "ui/figures/catalogue/catalogue.h"
#include "ui/help/help_texts.h"
#include "ui/help/help_window.h"
#include "ui/help/terms_in_text.h"

#include <QListWidget>
#include <QTest>
#include <QTextBrowser>

#include <set>

using namespace encoderscope;

class TestHelp : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void every_figure_is_explained()
    {
        for (const FigureKind &kind : catalogue()) {
            const HelpView *view = helpTexts().view(QLatin1String(kind.name));
            QVERIFY2(view, kind.name);
            for (const LessonText *text : {&view->what, &view->read, &view->attempt})
                QVERIFY2(!text->english.isEmpty() && !text->korean.isEmpty(), kind.name);
            QVERIFY2(!view->see.isEmpty(), kind.name);
        }
        for (const HelpView &view : helpTexts().views)
            QVERIFY2(findFigureKind(view.name) || view.name == QStringLiteral("loss"), qPrintable(view.name));
    }

    void every_term_is_there_once_and_links_lead_somewhere()
    {
        std::set<QString> names;
        for (const HelpTerm &term : helpTexts().terms) {
            QVERIFY2(names.insert(term.name).second, qPrintable(term.name));
            QVERIFY2(!term.title.english.isEmpty() && !term.title.korean.isEmpty(), qPrintable(term.name));
            QVERIFY2(!term.text.english.isEmpty() && !term.text.korean.isEmpty(), qPrintable(term.name));
            for (const QString &other : term.see)
                QVERIFY2(helpTexts().term(other) && other != term.name, qPrintable(term.name + other));
        }
        for (const HelpView &view : helpTexts().views) {
            for (const QString &term : view.see)
                QVERIFY2(helpTexts().term(term), qPrintable(view.name + term));
        }
        // The terms of the source page.
        for (const char *term : {"self-attention",
                                 "query",
                                 "key",
                                 "value",
                                 "score",
                                 "attention-weight",
                                 "softmax",
                                 "output-projection",
                                 "embedding",
                                 "embedding-table",
                                 "tokenization",
                                 "d_model",
                                 "scaling",
                                 "head",
                                 "multi-head",
                                 "ffn",
                                 "activation",
                                 "position-wise",
                                 "positional-encoding",
                                 "wavelength",
                                 "residual",
                                 "layer-norm",
                                 "parameter",
                                 "hyperparameter",
                                 "linear-separability"})
            QVERIFY2(helpTexts().term(QLatin1String(term)), term);
    }

    void the_window_shows_figures_and_terms_in_both_languages()
    {
        HelpWindow window(nullptr);
        window.showView(QStringLiteral("attention"));
        QVERIFY(window.plainText().contains(helpTexts().view(QStringLiteral("attention"))->what.english));
        auto *list = window.findChild<QListWidget *>();
        QCOMPARE(list->count(), static_cast<int>(helpTexts().terms.size()));
        Q_EMIT window.findChild<QTextBrowser *>()->anchorClicked(QUrl(QStringLiteral("softmax")));
        QVERIFY(window.plainText().contains(QStringLiteral("softmax")));
        QCOMPARE(list->currentItem()->data(Qt::UserRole).toString(), QStringLiteral("softmax"));
        installLanguage(QStringLiteral("ko"));
        QTRY_VERIFY(window.plainText().contains(QStringLiteral("소프트맥스")));
        installLanguage(QStringLiteral("en"));
    }

    void terms_are_found_in_a_text_as_it_writes_them()
    {
        const auto names = [](const char *text, const char *language) {
            QStringList found;
            for (const HelpTerm *term : termsIn(QString::fromUtf8(text), QLatin1String(language)))
                found.append(term->name);
            return found.join(QLatin1Char(' '));
        };
        QCOMPARE(names("Layer norm of the summed embeddings", "en"), QStringLiteral("layer-norm embedding"));
        QCOMPARE(names("layer 2, heads 1 and 3: a head", "en"), QStringLiteral("layer head"));
        QCOMPARE(names("a header, overlayers, keyboard", "en"), QString());
        QCOMPARE(names("2층의 헤드들이 주는 어텐션 가중치", "ko"),
                 QStringLiteral("layer head attention-weight"));
        QCOMPARE(names("키보드, 층계, 토큰화", "ko"), QStringLiteral("tokenization"));
        QCOMPARE(names("FFN의 d_ff", "ko"), QStringLiteral("ffn d_ff"));
        QCOMPARE(names("<b>softmax</b>", "en"), QStringLiteral("softmax"));
    }

    void hostile_files_are_refused()
    {
        for (const char *json :
             {"[]", "{\"terms\": 3}", "{\"terms\": [{\"name\": 1}]}", "{\"terms\": [], \"views\": [{}]}"})
            QVERIFY_THROWS_EXCEPTION(Error, readHelp(JsonField::parse(json, QStringLiteral("help.json"))));
    }
};

QTEST_MAIN(TestHelp)
#include "tst_help.moc"
