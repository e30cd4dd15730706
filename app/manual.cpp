// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/manual.h"

#include "engine/version.h"

#include <QCoreApplication>

namespace encoderscope
{

namespace
{

struct Manual {
    Q_DECLARE_TR_FUNCTIONS(Manual)
};

/// As roff's text: no letter of it is a command.
QString plain(QString text)
{
    text.replace(QLatin1Char('\\'), QStringLiteral("\\e"));
    text.replace(QLatin1Char('-'), QStringLiteral("\\-"));
    if (text.startsWith(QLatin1Char('.')) || text.startsWith(QLatin1Char('\'')))
        text.prepend(QStringLiteral("\\&"));
    return text;
}

/// Paragraphs as they are; indented lines stay lines.
QString paragraphs(const QString &text)
{
    QString roff;
    bool listed = false;
    for (const QString &line : text.split(QLatin1Char('\n'))) {
        const bool indented = line.startsWith(QStringLiteral("  "));
        if (indented != listed)
            roff += indented ? QStringLiteral(".PP\n.nf\n.RS 2\n") : QStringLiteral(".RE\n.fi\n");
        listed = indented;
        roff += line.isEmpty() ? QStringLiteral(".PP\n") : plain(line.trimmed()) + QLatin1Char('\n');
    }
    return listed ? roff + QStringLiteral(".RE\n.fi\n") : roff;
}

QString options(const QList<QCommandLineOption> &all)
{
    QString roff;
    for (const QCommandLineOption &option : all) {
        QStringList names;
        for (const QString &name : option.names())
            names += QStringLiteral("\\fB%1\\fR")
                         .arg(plain((name.size() == 1 ? QStringLiteral("-") : QStringLiteral("--")) + name));
        roff += QStringLiteral(".TP\n") + names.join(QStringLiteral(", "));
        if (!option.valueName().isEmpty())
            roff += QStringLiteral(" \\fI%1\\fR").arg(plain(option.valueName()));
        roff += QLatin1Char('\n') + plain(option.description());
        if (!option.defaultValues().isEmpty())
            roff += QLatin1Char(' ') +
                    Manual::tr("Without it: %1.").arg(plain(option.defaultValues().join(QLatin1Char(' '))));
        roff += QLatin1Char('\n');
    }
    return roff;
}

QString options(const OptionParser &parser)
{
    QList<QCommandLineOption> all;
    for (const OptionParser::Option &option : parser.options())
        all.append(option.option);
    return options(all);
}

QString heading(const QString &text)
{
    return QStringLiteral(".SH %1\n").arg(plain(text));
}

} // namespace

QString manual_beginning(const OptionParser &parser)
{
    QString roff =
        QStringLiteral(".TH ENCODERSCOPE 1 \"\" \"Encoderscope %1\"\n").arg(plain(program_version()));
    roff += heading(Manual::tr("NAME"));
    roff += QStringLiteral("encoderscope \\- %1\n")
                .arg(plain(Manual::tr("see a Transformer encoder at work on your own sentence")));
    roff += heading(Manual::tr("SYNOPSIS"));
    roff += QStringLiteral(".B encoderscope\n[\\fI%1\\fR] [\\fI%2\\fR]\n.br\n.B encoderscope\n\\fI%3\\fR "
                           "[\\fI%1\\fR]\n")
                .arg(plain(Manual::tr("options")), plain(Manual::tr("file")), plain(Manual::tr("command")));
    roff += heading(Manual::tr("DESCRIPTION"));
    roff += paragraphs(Manual::tr(
        "Without a command a window opens, in which every number that a Transformer encoder computes for a "
        "sentence can be looked at. The file is a session that was saved there. Commands need no display."));
    roff += heading(Manual::tr("OPTIONS")) + options(parser);
    roff += heading(Manual::tr("EXIT STATUS"));
    roff += paragraphs(
        Manual::tr("0: the result is complete; 1: it could not be made; 2: the arguments are wrong. "
                   "Messages go to standard error."));
    return roff + heading(Manual::tr("COMMANDS"));
}

QString manual_section(const OptionParser &parser, const QString &command)
{
    QString title = command;
    for (const OptionParser::Argument &argument : parser.arguments())
        title += QLatin1Char(' ') + argument.name;
    QString roff = QStringLiteral(".SS \"encoderscope %1 [%2]\"\n").arg(plain(title), Manual::tr("options"));
    roff += paragraphs(parser.applicationDescription()) + options(parser);
    for (const OptionParser::Group &group : parser.groups())
        roff += QStringLiteral(".PP\n%1\n.RS\n%2.RE\n").arg(plain(group.title), options(group.options));
    return roff;
}

} // namespace encoderscope
