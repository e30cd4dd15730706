// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

/// The manual and the shells' completions, against what --help says.
class TestManual : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void the_manual_has_every_command_and_option();
    void the_manual_has_the_parameters_of_every_figure();
    void the_manual_speaks_korean();
    void the_manual_is_a_page_without_warnings_data();
    void the_manual_is_a_page_without_warnings();
    void completions_are_every_command_and_option();
    void completions_of_values_data();
    void completions_of_values();
    void shells_ask_the_program_data();
    void shells_ask_the_program();

private:
    static QString run(const QString &program, const QStringList &arguments, const QString &language = {});
    static QString ask(const QStringList &arguments, const QString &language = {})
    {
        return run(QStringLiteral(ENCODERSCOPE_PROGRAM), arguments, language);
    }
    static QStringList words(const QStringList &before, const QString &word);
    static QStringList options_of_help(const QStringList &command);
    static QString section(const QString &manual, const QString &command);
};

QString TestManual::run(const QString &program, const QStringList &arguments, const QString &language)
{
    const QTemporaryDir settings;
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
    environment.insert(QStringLiteral("LANGUAGE"), language.isEmpty() ? QStringLiteral("en") : language);
    environment.insert(QStringLiteral("XDG_CONFIG_HOME"), settings.path());
    process.setProcessEnvironment(environment);
    process.start(program, arguments);
    process.waitForFinished(60'000);
    const QByteArray errors = process.readAllStandardError();
    if (process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0 || !errors.isEmpty())
        qWarning("%s %s: %s", qUtf8Printable(program), qUtf8Printable(arguments.join(QLatin1Char(' '))),
                 errors.constData());
    return QString::fromUtf8(process.readAllStandardOutput()) + QString::fromUtf8(errors);
}

QStringList TestManual::words(const QStringList &before, const QString &word)
{
    QStringList found;
    const QString answer = ask(before + QStringList{QStringLiteral("--complete=") + word});
    for (const QString &line : answer.split(QLatin1Char('\n'), Qt::SkipEmptyParts))
        found.append(line.section(QLatin1Char('\t'), 0, 0));
    return found;
}

QStringList TestManual::options_of_help(const QStringList &command)
{
    QStringList options;
    static const QRegularExpression line(QStringLiteral("^  (?:-\\w, )?(--[a-z][\\w-]*)"),
                                         QRegularExpression::MultilineOption);
    auto matches = line.globalMatch(ask(command + QStringList{QStringLiteral("--help")}));
    while (matches.hasNext())
        options.append(matches.next().captured(1));
    return options;
}

QString TestManual::section(const QString &manual, const QString &command)
{
    const qsizetype start = manual.indexOf(QStringLiteral(".SS \"encoderscope %1 ").arg(command));
    if (start < 0)
        return {};
    const qsizetype end = manual.indexOf(QStringLiteral("\n.SS "), start);
    return manual.mid(start, end < 0 ? -1 : end - start);
}

void TestManual::the_manual_has_every_command_and_option()
{
    const QString manual = ask({QStringLiteral("--manual")});
    const auto named = [](const QString &text, QString option) {
        return text.contains(
            QStringLiteral("\\fB%1\\fR").arg(option.replace(QLatin1Char('-'), QStringLiteral("\\-"))));
    };
    const QString window = manual.left(manual.indexOf(QStringLiteral(".SS ")));
    const QStringList of_window = options_of_help({});
    QVERIFY(of_window.size() > 10);
    for (const QString &option : of_window)
        QVERIFY2(named(window, option), qPrintable(option));
    QStringList commands = words({}, QString());
    QVERIFY(commands.removeOne(QStringLiteral("corpus")));
    for (const QString &part : words({QStringLiteral("corpus")}, QString()))
        commands.append(QStringLiteral("corpus ") + part);
    QVERIFY(commands.size() >= 11);
    for (const QString &command : commands) {
        const QString text = section(manual, command);
        const QStringList options = options_of_help(command.split(QLatin1Char(' ')));
        QVERIFY2(options.size() > 1, qPrintable(command)); // --help is one
        for (const QString &option : options)
            QVERIFY2(named(text, option), qPrintable(command + QLatin1Char(' ') + option));
    }
}

void TestManual::the_manual_has_the_parameters_of_every_figure()
{
    const QString figure = section(ask({QStringLiteral("--manual")}), QStringLiteral("figure"));
    const QStringList kinds = words({QStringLiteral("figure")}, QString());
    QVERIFY(kinds.size() > 20);
    const QStringList common = options_of_help({QStringLiteral("figure")});
    int parameters = 0;
    for (const QString &kind : kinds) {
        QString title = kind;
        const qsizetype start = figure.indexOf(
            QStringLiteral("\n.PP\n%1: ").arg(title.replace(QLatin1Char('-'), QStringLiteral("\\-"))));
        QVERIFY2(start > 0, qPrintable(kind));
        const QString group = figure.mid(start, figure.indexOf(QStringLiteral("\n.RE"), start) - start);
        for (QString option : options_of_help({QStringLiteral("figure"), kind})) {
            if (common.contains(option))
                continue;
            option.replace(QLatin1Char('-'), QStringLiteral("\\-"));
            QVERIFY2(group.contains(QStringLiteral("\\fB%1\\fR").arg(option)),
                     qPrintable(kind + QLatin1Char(' ') + option));
            ++parameters;
        }
    }
    QVERIFY(parameters > 20);
}

void TestManual::the_manual_speaks_korean()
{
    const QString english = ask({QStringLiteral("--manual")});
    const QString korean = ask({QStringLiteral("--manual")}, QStringLiteral("ko"));
    QVERIFY(korean.contains(QStringLiteral(".SH 이름\n")));
    static const QRegularExpression option(QStringLiteral("\\\\fB(\\\\-\\\\-[^ ]*)\\\\fR"));
    const auto names = [&](const QString &manual) {
        QStringList found;
        auto matches = option.globalMatch(manual);
        while (matches.hasNext())
            found.append(matches.next().captured(1));
        return found;
    };
    QVERIFY(names(english).size() > 60);
    QCOMPARE(names(korean), names(english));
    static const QRegularExpression description(QStringLiteral("^[A-Z][a-z]+ [a-z ]+\\.$"),
                                                QRegularExpression::MultilineOption);
    QVERIFY(description.match(english).hasMatch());
    QVERIFY2(!description.match(korean).hasMatch(), qPrintable(description.match(korean).captured()));
}

void TestManual::the_manual_is_a_page_without_warnings_data()
{
    QTest::addColumn<QString>("language");
    QTest::newRow("en") << QStringLiteral("en");
    QTest::newRow("ko") << QStringLiteral("ko");
}

void TestManual::the_manual_is_a_page_without_warnings()
{
    QFETCH(QString, language);
    const QTemporaryDir folder;
    QFile page(folder.filePath(QStringLiteral("encoderscope.1")));
    QVERIFY(page.open(QIODevice::WriteOnly));
    page.write(ask({QStringLiteral("--manual")}, language).toUtf8());
    page.close();
    const QString printed = run(QStringLiteral("groff"),
                                {QStringLiteral("-man"), QStringLiteral("-Kutf8"), QStringLiteral("-Tutf8"),
                                 QStringLiteral("-P-cbou"), QStringLiteral("-ww"), page.fileName()});
    QVERIFY2(!printed.contains(QStringLiteral("warning")), qPrintable(printed.right(2000)));
    QVERIFY(printed.contains(QStringLiteral("--screenshot")));
}

void TestManual::completions_are_every_command_and_option()
{
    const QStringList commands = words({}, QString());
    QVERIFY(commands.contains(QStringLiteral("figure")));
    const QString help = ask({QStringLiteral("nothing-of-that-name")});
    for (const QString &command : commands)
        QVERIFY2(help.contains(command), qPrintable(command));
    QList<QStringList> all{{}};
    for (const QString &command : commands)
        all.append({command});
    for (const QString &kind : words({QStringLiteral("figure")}, QString()))
        all.append({QStringLiteral("figure"), kind});
    for (const QString &part : words({QStringLiteral("corpus")}, QString()))
        all.append({QStringLiteral("corpus"), part});
    for (const QStringList &command : all) {
        QStringList offered = words(command, QStringLiteral("--"));
        QStringList known = options_of_help(command);
        offered.sort();
        known.sort();
        QCOMPARE(offered, known);
    }
}

void TestManual::completions_of_values_data()
{
    QTest::addColumn<QStringList>("before");
    QTest::addColumn<QString>("word");
    QTest::addColumn<QStringList>("expected");
    const auto row = [](const char *name, const char *before, const char *word, const char *expected) {
        QTest::newRow(name) << QString::fromUtf8(before).split(QLatin1Char(' '), Qt::SkipEmptyParts)
                            << QString::fromUtf8(word)
                            << QString::fromUtf8(expected).split(QLatin1Char(' '), Qt::SkipEmptyParts);
    };
    row("a command", "", "fig", "figure");
    row("a kind", "figure", "position-", "position-curves position-table position-products");
    row("after other options", "figure attention --text hello --theme", "", "light dark");
    row("a parameter of the kind", "figure attention --quantity", "",
        "weights scaled-scores raw-scores content-position position-content position-bias");
    row("with =", "figure attention", "--theme=d", "--theme=dark");
    row("with = as bash cuts it", "figure attention --theme =", "d", "dark");
    row("a method", "explain --method", "integrated", "integrated-gradients");
    row("a measure", "sweep --measure", "log-", "log-probability");
    row("a block", "patch --block", "h", "hidden heads");
    row("of numbers", "lens --format", "", "json csv npy");
    row("of a figure that explains", "figure why-scores", "--contr", "--contrast");
    row("a part of a command", "corpus", "me", "merge");
    row("of a part", "corpus add --bad-lines", "", "refuse skip");
    row("a file", "trace --output", "", "");
    row("any text", "trace --text", "--th", "");
    row("an option's beginning", "trace", "--text-", "--text-file --text-b");
    row("of the window", "--lesson", "pos", "positions");
    row("nothing that is known", "figure attention --nothing", "x", "");
    row("while a kind is listed", "figure --list", "--js", "--json");
}

void TestManual::completions_of_values()
{
    QFETCH(QStringList, before);
    QFETCH(QString, word);
    QFETCH(QStringList, expected);
    QCOMPARE(words(before, word), expected);
}

void TestManual::shells_ask_the_program_data()
{
    QTest::addColumn<QString>("shell");
    QTest::addColumn<QString>("script");
    QTest::newRow("bash") << QStringLiteral("bash")
                          << QStringLiteral(
                                 "source resources/completions/encoderscope.bash; COMP_WORDS=(\"$PROGRAM\" "
                                 "figure attention --theme da); "
                                 "COMP_CWORD=4; _encoderscope \"$PROGRAM\"; echo \"${COMPREPLY[@]}\"; "
                                 "COMP_WORDS=(\"$PROGRAM\" trace --text 'two words' --outp); COMP_CWORD=4; "
                                 "_encoderscope \"$PROGRAM\"; "
                                 "echo \"${COMPREPLY[@]}\"");
    if (!QStandardPaths::findExecutable(QStringLiteral("fish")).isEmpty())
        QTest::newRow("fish")
            << QStringLiteral("fish")
            << QStringLiteral(
                   "fish_add_path --path (dirname $PROGRAM); source resources/completions/encoderscope.fish; "
                   "complete -C 'encoderscope figure attention --theme da'; "
                   "complete -C 'encoderscope trace --text \"two words\" --outp' | cut -f1");
}

void TestManual::shells_ask_the_program()
{
    QFETCH(QString, shell);
    QFETCH(QString, script);
    qputenv("PROGRAM", QFile::encodeName(QDir().absoluteFilePath(QStringLiteral(ENCODERSCOPE_PROGRAM))));
    QCOMPARE(run(shell, {QStringLiteral("-c"), script}).simplified(), QStringLiteral("dark --output"));
}

QTEST_GUILESS_MAIN(TestManual)
#include "tst_manual.moc"
