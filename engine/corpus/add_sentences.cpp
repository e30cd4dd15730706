// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/corpus/add_sentences.h"

#include "engine/corpus/corpus_messages.h"
#include "engine/corpus/portion.h"
#include "engine/text/text_file.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

namespace encoderscope
{

namespace
{

constexpr qint64 first_portion = 1'024;        ///< tokens of the first transaction
constexpr qint64 least_portion = 512;          ///< tokens of any but the last
constexpr qint64 most_portion = 200'000;       ///< tokens of any
constexpr qint64 most_vector_portion = 20'000; ///< of any whose tokens' vectors are kept
constexpr qint64 wanted_milliseconds = 1'000;  ///< that a transaction's sentences should take

/// What the corpus calls the file.
QString source_name(const SentenceReader &reader, const AddOptions &options)
{
    return options.name.isEmpty() ? reader.file().path : options.name;
}

/// Reads sentences of a file that a corpus lacks.
class Filling
{
public:
    Filling(const CorpusWriter &corpus, int source, const CorpusSettings &settings, const Model &model,
            SentenceReader &reader, const AddOptions &options)
        : corpus_(corpus)
        , source_(source)
        , present_(corpus.lines_of(source))
        , settings_(settings)
        , model_(model)
        , reader_(reader)
        , options_(options)
    {
    }

    /// A portion of about so many tokens, or fewer when the file ends, a line is refused, or `stop` is
    /// requested; bad lines and sentences that are there are noted in `progress`.
    std::unique_ptr<Portion> next(qint64 tokens, AddProgress &progress, const std::stop_token &stop)
    {
        auto portion = std::make_unique<Portion>(corpus_, settings_);
        while (more() && portion->tokens() < tokens && !stop.stop_requested()) {
            try {
                read(*portion, progress);
            } catch (const BadLine &error) {
                refuse(error, progress);
            } catch (const Error &error) {
                failure_ = error;
            }
        }
        portion->end = reader_.position();
        return portion;
    }
    /// About how many there are in what is left of the file; none while that cannot be told.
    std::optional<qint64> tokens_left(const AddProgress &progress) const
    {
        if (progress.size < 0 || progress.new_bytes == 0)
            return std::nullopt;
        const double left = static_cast<double>(progress.size - reader_.position()) / options_.shard.count;
        return static_cast<qint64>(left * static_cast<double>(tokens_) /
                                   static_cast<double>(progress.new_bytes));
    }
    bool more() const { return more_ && !failure_; }
    /// Why reading ended before the file did.
    const std::optional<Error> &failure() const { return failure_; }

private:
    void read(Portion &portion, AddProgress &progress)
    {
        const qint64 before = reader_.position();
        const std::optional<SourceSentence> sentence = reader_.next();
        more_ = sentence.has_value();
        if (!sentence || (sentence->line - 1) % options_.shard.count != options_.shard.index)
            return;
        const std::int64_t number = sentence_number(source_, sentence->line);
        if (present_.contains(sentence->line)) {
            check_same(*sentence, number);
            ++progress.present;
            return;
        }
        Encoding encoding = model_.tokenizer->encode(sentence->text, QString(), settings_.max_tokens);
        if (options_.refuse_long && encoding.cut_a >= 0)
            throw BadLine(CorpusMessages::tr("%1, line %2: it has more than %3 tokens.")
                              .arg(name())
                              .arg(sentence->line)
                              .arg(settings_.max_tokens));
        progress.new_bytes += reader_.position() - before;
        tokens_ += std::ssize(encoding.tokens);
        portion.add(number, std::move(encoding));
    }
    void check_same(const SourceSentence &sentence, std::int64_t number) const
    {
        const QString text = corpus_.text_of(number);
        if (text != sentence.text)
            throw Error(CorpusMessages::tr("%1, line %2: this is not the sentence that was added, "
                                           "\"%3\". A changed file needs another name (--name).")
                            .arg(name())
                            .arg(sentence.line)
                            .arg(shortened(text)));
    }
    void refuse(const BadLine &error, AddProgress &progress)
    {
        ++progress.bad;
        try {
            if (!options_.bad_line)
                throw Error(error.message());
            options_.bad_line(error);
        } catch (const Error &refused) {
            failure_ = refused;
        }
    }
    QString name() const { return source_name(reader_, options_); }

    const CorpusWriter &corpus_;
    const int source_;
    const std::set<qint64> present_;
    const CorpusSettings &settings_;
    const Model &model_;
    SentenceReader &reader_;
    const AddOptions &options_;
    qint64 tokens_ = 0; ///< of all portions
    bool more_ = true;
    std::optional<Error> failure_;
};

} // namespace

AddProgress add_sentences(CorpusWriter &corpus, const CorpusSettings &settings, const ModelPtr &model,
                          SentenceReader &reader, const AddOptions &options,
                          const std::function<void(const AddProgress &)> &report, const std::stop_token &stop)
{
    const int source = corpus.source(source_name(reader, options));
    Filling filling(corpus, source, settings, *model, reader, options);
    AddProgress progress{.size = reader.size()};
    const qint64 most = settings.token_layers.empty() ? most_portion : most_vector_portion;
    qint64 wanted = first_portion;
    PortionRuns runs(model, stop);
    const auto begin_next = [&] {
        if (!filling.more() || stop.stop_requested())
            return;
        // Towards the end they get smaller, because nothing runs while the last one is stored.
        const qint64 half = std::max(filling.tokens_left(progress).value_or(2 * wanted) / 2, least_portion);
        std::unique_ptr<Portion> next = filling.next(std::min(wanted, half), progress, stop);
        if (!next->empty())
            runs.begin(std::move(next));
    };
    // While one portion runs, the one before is stored and the next one read.
    begin_next();
    begin_next();
    if (runs.count() == 0 && report)
        report(progress);
    while (runs.count() > 0) {
        const PortionRuns::Done done = runs.take();
        wanted =
            std::clamp(done.portion->tokens() * wanted_milliseconds / std::max<qint64>(done.took.count(), 1),
                       first_portion, most);
        for (const SentenceResult &result : done.portion->store(corpus)) {
            ++progress.added;
            progress.cut += result.cut ? 1 : 0;
            progress.not_finite += result.heads.empty() ? 1 : 0;
        }
        progress.bytes = done.portion->end;
        if (report)
            report(progress);
        begin_next();
    }
    if (filling.failure())
        throw Error(*filling.failure());
    progress.bytes = reader.position();
    progress.stopped = stop.stop_requested();
    return progress;
}

} // namespace encoderscope
