// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/more_models.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace encoderscope
{

namespace
{

struct Messages {
    Q_DECLARE_TR_FUNCTIONS(KnownModels)
};

QString aboutText(const QString &key)
{
    if (key == QStringLiteral("smallest"))
        return Messages::tr("Two layers of two heads: BERT at its smallest, every number in sight.");
    if (key == QStringLiteral("discriminator"))
        return Messages::tr(
            "Trained to tell which words of a sentence were replaced; says so for each token.");
    if (key == QStringLiteral("sentence"))
        return Messages::tr("Trained to give sentences of like meaning like vectors: give it a sentence B.");
    if (key == QStringLiteral("distilled"))
        return Messages::tr("Learned from BERT with half of its layers; predicts masked words.");
    if (key == QStringLiteral("classes"))
        return Messages::tr("Says whether a sentence is positive or negative.");
    if (key == QStringLiteral("bert"))
        return Messages::tr(
            "The BERT that most papers speak of: 12 layers of 12 heads; predicts masked words.");
    if (key == QStringLiteral("token-classes"))
        return Messages::tr("Marks persons, places and organizations in a sentence.");
    if (key == QStringLiteral("bert-korean"))
        return Messages::tr("BERT for Korean, with pieces that follow its words; predicts masked words.");
    if (key == QStringLiteral("bert-multilingual"))
        return Messages::tr("One BERT for a hundred languages: compare a sentence with its translation.");
    return {};
}

QString languageText(const QString &code)
{
    if (code == QStringLiteral("en"))
        return Messages::tr("English");
    if (code == QStringLiteral("ko"))
        return Messages::tr("Korean");
    return Messages::tr("many more");
}

} // namespace

std::vector<KnownModel> knownModels()
{
    QFile file(QStringLiteral(":/models/more.json"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    std::vector<KnownModel> models;
    const QJsonArray all = QJsonDocument::fromJson(file.readAll()).array();
    for (const QJsonValue &one : all) {
        KnownModel model{.name = one[QLatin1String("name")].toString(),
                         .megabytes = one[QLatin1String("megabytes")].toDouble(),
                         .languages = {},
                         .licence = one[QLatin1String("licence")].toString(),
                         .about = aboutText(one[QLatin1String("about")].toString())};
        for (const QJsonValue &code : one[QLatin1String("languages")].toArray())
            model.languages.append(languageText(code.toString()));
        models.push_back(std::move(model));
    }
    return models;
}

} // namespace encoderscope
