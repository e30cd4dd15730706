// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/mecab_words.h"

#include "engine/error.h"

#include <QCoreApplication>
#include <QFile>

#include <mecab.h>

#include <array>

namespace encoderscope
{

namespace
{

/// MeCab counts the bytes of a word, and of the blanks before it, in 16 bits.
constexpr std::size_t longest_stretch = 60'000;

/// One stretch of a text in UTF-8.
struct Utf8Stretch {
    QByteArray bytes;
    std::vector<std::size_t> characters; ///< of each byte, and of the end: the index in the text
};

std::vector<Utf8Stretch> stretches(const AlignedText &text)
{
    std::vector<Utf8Stretch> result(1);
    for (std::size_t i = 0; i < text.size(); ++i) {
        const QByteArray bytes = to_string(AlignedView(text).subspan(i, 1)).toUtf8();
        if (result.back().characters.size() + static_cast<std::size_t>(bytes.size()) > longest_stretch) {
            result.back().characters.push_back(i);
            result.emplace_back();
        }
        result.back().bytes += bytes;
        result.back().characters.insert(result.back().characters.end(),
                                        static_cast<std::size_t>(bytes.size()), i);
    }
    result.back().characters.push_back(text.size());
    return result;
}

/// Adds the words that MeCab finds in `stretch` of `text`.
void add_words(const MeCab::Model &model, const Utf8Stretch &stretch, const AlignedText &text,
               std::vector<AlignedText> &words)
{
    const std::unique_ptr<MeCab::Lattice> lattice(model.createLattice());
    lattice->set_sentence(stretch.bytes.constData(), static_cast<std::size_t>(stretch.bytes.size()));
    if (!MeCab::Tagger::parse(model, lattice.get()))
        throw Error(QCoreApplication::translate("Tokenizer", "MeCab cannot cut the text into words: %1.")
                        .arg(QString::fromUtf8(lattice->what())));
    for (const MeCab::Node *node = lattice->bos_node(); node; node = node->next) {
        if (node->stat == MECAB_BOS_NODE || node->stat == MECAB_EOS_NODE || node->length == 0)
            continue;
        const auto first = static_cast<std::size_t>(node->surface - lattice->sentence());
        const std::size_t begin = stretch.characters.at(first);
        const std::size_t end = stretch.characters.at(first + node->length);
        if (begin < end)
            words.emplace_back(text.begin() + static_cast<std::ptrdiff_t>(begin),
                               text.begin() + static_cast<std::ptrdiff_t>(end));
    }
}

std::shared_ptr<const MeCab::Model> opened(const QString &folder)
{
    // The file of settings is the dictionary's: nothing of the user's, or of the system's, is read.
    QByteArray path = QFile::encodeName(folder);
    QByteArray settings = path + "/dicrc";
    QByteArray program("mecab"), dictionary_option("-d"), settings_option("-r");
    std::array<char *, 5> arguments{program.data(), dictionary_option.data(), path.data(),
                                    settings_option.data(), settings.data()};
    std::shared_ptr<const MeCab::Model> model(
        MeCab::Model::create(static_cast<int>(arguments.size()), arguments.data()));
    if (!model)
        throw Error(QCoreApplication::translate("Tokenizer", "%1: MeCab cannot read this dictionary: %2.")
                        .arg(folder, QString::fromLocal8Bit(MeCab::getLastError())));
    for (const MeCab::DictionaryInfo *part = model->dictionary_info(); part; part = part->next) {
        const QString characters = QString::fromLatin1(part->charset).toLower();
        if (characters != QStringLiteral("utf8") && characters != QStringLiteral("utf-8"))
            throw Error(
                QCoreApplication::translate("Tokenizer", "%1: Expected a dictionary in UTF-8, found %2.")
                    .arg(folder, QString::fromLatin1(part->charset)));
    }
    return model;
}

} // namespace

bool has_mecab()
{
    return true;
}

PreTokenizer mecab_pre_tokenizer(const QString &dictionary_folder)
{
    return [model = opened(dictionary_folder)](const AlignedText &text, bool, WorkBudget &budget) {
        budget.spend(text.size());
        std::vector<AlignedText> words;
        for (const Utf8Stretch &stretch : stretches(text))
            add_words(*model, stretch, text, words);
        return words;
    };
}

} // namespace encoderscope
