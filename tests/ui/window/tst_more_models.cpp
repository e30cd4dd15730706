// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/model_sources.h"
#include "resources/translations/language.h"
#include "ui/window/download_dialog.h"
#include "ui/window/more_models.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>
#include <QTreeWidget>

#include <set>

using namespace encoderscope;

namespace
{

bool anyLabelSays(const QDialog &dialog, const QString &text)
{
    const QList<QLabel *> labels = dialog.findChildren<QLabel *>();
    return std::any_of(labels.begin(), labels.end(),
                       [&](const QLabel *label) { return label->isVisible() && label->text() == text; });
}

} // namespace

/// The list of models that are one click away.
class TestMoreModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyEntryIsWhole_data();
    void everyEntryIsWhole();
    void aClickChoosesAndNothingElseIsLost();
};

void TestMoreModels::everyEntryIsWhole_data()
{
    QTest::addColumn<QString>("language");
    QTest::newRow("English") << QStringLiteral("en");
    QTest::newRow("Korean") << QStringLiteral("ko");
}

void TestMoreModels::everyEntryIsWhole()
{
    QFETCH(const QString, language);
    installLanguage(language);
    const std::vector<KnownModel> models = knownModels();
    QVERIFY(models.size() >= 8);
    std::set<QString> names;
    bool korean = false;
    for (const KnownModel &model : models) {
        QVERIFY2(is_hub_name(model.name), qPrintable(model.name));
        QVERIFY2(names.insert(model.name).second, qPrintable(model.name));
        QVERIFY2(model.megabytes >= 1.0 && model.megabytes < 2000.0, qPrintable(model.name));
        QVERIFY2(!model.languages.isEmpty() && !model.licence.isEmpty(), qPrintable(model.name));
        QVERIFY2(model.about.size() > 10, qPrintable(model.name));
        const bool hangul = std::any_of(model.about.begin(), model.about.end(),
                                        [](QChar c) { return c.script() == QChar::Script_Hangul; });
        QCOMPARE(hangul, language == QStringLiteral("ko"));
        korean =
            korean || model.languages.contains(language == QStringLiteral("ko") ? QStringLiteral("한국어")
                                                                                : QStringLiteral("Korean"));
    }
    QVERIFY(korean);
    installLanguage(QStringLiteral("en"));
}

void TestMoreModels::aClickChoosesAndNothingElseIsLost()
{
    DownloadDialog dialog;
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.setName(QStringLiteral("someone/something"));
    dialog.show();
    QVERIFY(QTest::qWaitForWindowExposed(&dialog));
    auto *list = dialog.findChild<QTreeWidget *>();
    auto *name = dialog.findChild<QLineEdit *>();
    QCOMPARE(name->text(), QStringLiteral("someone/something")); // opening it chooses nothing
    QCOMPARE(list->topLevelItemCount(), static_cast<int>(knownModels().size()));

    QTreeWidgetItem *item = list->topLevelItem(2);
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualItemRect(item).center());
    QCOMPARE(name->text(), item->text(0));
    QVERIFY(anyLabelSays(dialog, knownModels()[2].about));
    bool ready = false;
    for (const QPushButton *button : dialog.findChildren<QPushButton *>())
        ready = ready || (button->isDefault() && button->isEnabled());
    QVERIFY(ready);
}

QTEST_MAIN(TestMoreModels)
#include "tst_more_models.moc"
