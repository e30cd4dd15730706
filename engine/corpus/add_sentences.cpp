// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/corpus/add_sentences.h"

#include "engine/corpus/corpus_messages.h"
#include "engine/forward/encoder.h"
#include "engine/kernels/workers.h"
#include "engine/text/text_file.h"

#include <QElapsedTimer>

#include <algorithm>
#include <mutex>
#include <optional>
#include <utility>

namespace encoderscope
{

namespace
{

constexpr Index stacked_rows = 384;           ///< tokens that are run at once
constexpr qint64 first_portion = 2'048;       ///< tokens of the first transaction
constexpr qint64 most_portion = 200'000;      ///< tokens of any
constexpr qint64 wanted_milliseconds = 2'000; ///< that a transaction's sentences should take

struct Waiting {
    std::int64_t number = 0;
    Encoding encoding;
};

/// Sentences that are run and stored together.
class Portion
{
public:
    explicit Portion(const CorpusSettings &settings)
        : neurons_(settings.all_neurons(), static_cast<std::size_t>(settings.examples))
        , heads_(settings.all_heads(), static_cast<std::size_t>(settings.examples))
    {
    }

    void add(Waiting sentence)
    {
        tokens_ += static_cast<qint64>(sentence.encoding.tokens.size());
        waiting_.push_back(std::move(sentence));
    }
    qint64 tokens() const { return tokens_; }
    bool empty() const { return waiting_.empty(); }

    /// Runs them, on all cores: each takes stacks of sentences of about one length. Those whose stack was not
    /// done when `stop` was requested are left out.
    void run(const ModelPtr &model, const std::stop_token &stop)
    {
        std::stable_sort(waiting_.begin(), waiting_.end(), [](const Waiting &a, const Waiting &b) {
            return a.encoding.tokens.size() > b.encoding.tokens.size();
        });
        const std::vector<std::size_t> begins = stacks();
        kernels::run_chunks(
            begins.size() - 1,
            [&](std::size_t chunk, std::size_t) { run_stack(model, begins[chunk], begins[chunk + 1], stop); },
            stop);
        std::sort(results_.begin(), results_.end(),
                  [](const SentenceResult &a, const SentenceResult &b) { return a.number < b.number; });
    }

    const std::vector<SentenceResult> &results() const { return results_; }
    void store(CorpusWriter &corpus) const { corpus.add(results_, neurons_, heads_); }

private:
    std::vector<std::size_t> stacks() const
    {
        std::vector<std::size_t> begins{0};
        Index rows = 0;
        for (std::size_t i = 0; i < waiting_.size(); ++i) {
            const auto more = static_cast<Index>(waiting_[i].encoding.tokens.size());
            if (rows > 0 && rows + more > stacked_rows) {
                begins.push_back(i);
                rows = 0;
            }
            rows += more;
        }
        begins.push_back(waiting_.size());
        return begins;
    }

    void run_stack(const ModelPtr &model, std::size_t begin, std::size_t end, const std::stop_token &stop)
    {
        std::vector<Encoding> encodings;
        for (std::size_t i = begin; i < end; ++i)
            encodings.push_back(waiting_[i].encoding);
        const std::vector<TracePtr> traces = run_encoders(model, encodings, stop);
        std::vector<SentenceResult> results;
        for (std::size_t i = 0; i < traces.size(); ++i)
            results.push_back(sentence_result(*traces[i], waiting_[begin + i].number));
        const std::lock_guard lock(mutex_);
        for (std::size_t i = 0; i < traces.size(); ++i) {
            offer_examples(*traces[i], results[i].number, neurons_, heads_);
            results_.push_back(std::move(results[i]));
        }
    }

    std::vector<Waiting> waiting_;
    qint64 tokens_ = 0;
    std::mutex mutex_; ///< of what follows
    TopExamples neurons_, heads_;
    std::vector<SentenceResult> results_;
};

} // namespace

AddProgress add_sentences(CorpusWriter &corpus, const CorpusSettings &settings, const ModelPtr &model,
                          SentenceReader &reader, const AddOptions &options,
                          const std::function<void(const AddProgress &)> &report, const std::stop_token &stop)
{
    const QString name = options.name.isEmpty() ? reader.file().path : options.name;
    const int source = corpus.source(name);
    const std::set<qint64> present = corpus.lines_of(source);
    AddProgress progress{.size = reader.size()};
    qint64 wanted = first_portion;
    bool more = true;
    const auto bad = [&](const BadLine &error) {
        ++progress.bad;
        if (options.bad_line)
            options.bad_line(error);
        else
            throw Error(error.message());
    };
    while (more && !stop.stop_requested()) {
        Portion portion(settings);
        qint64 before = reader.position();
        std::optional<Error> failure; // of reading: what was read before is stored first
        while (portion.tokens() < wanted && !stop.stop_requested()) {
            try {
                const std::optional<SourceSentence> sentence = reader.next();
                const qint64 length = reader.position() - std::exchange(before, reader.position());
                more = sentence.has_value();
                if (!sentence)
                    break;
                if ((sentence->line - 1) % options.shard.count != options.shard.index)
                    continue;
                const std::int64_t number = sentence_number(source, sentence->line);
                if (present.contains(sentence->line)) {
                    if (corpus.text_of(number) != sentence->text)
                        throw Error(
                            CorpusMessages::tr("%1, line %2: this is not the sentence that was added, "
                                               "\"%3\". A changed file needs another name (--name).")
                                .arg(name)
                                .arg(sentence->line)
                                .arg(shortened(corpus.text_of(number))));
                    ++progress.present;
                    continue;
                }
                Encoding encoding = model->tokenizer->encode(sentence->text, QString(), settings.max_tokens);
                if (options.refuse_long && encoding.cut_a >= 0)
                    throw BadLine(CorpusMessages::tr("%1, line %2: it has more than %3 tokens.")
                                      .arg(name)
                                      .arg(sentence->line)
                                      .arg(settings.max_tokens));
                progress.new_bytes += length;
                portion.add({number, std::move(encoding)});
            } catch (const BadLine &error) {
                try {
                    bad(error);
                } catch (const Error &refused) {
                    failure = refused;
                }
            } catch (const Error &error) {
                failure = error;
            }
            if (failure)
                break;
        }
        if (!portion.empty()) {
            QElapsedTimer clock;
            clock.start();
            portion.run(model, stop);
            portion.store(corpus);
            const qint64 milliseconds = std::max<qint64>(clock.elapsed(), 1);
            wanted = std::clamp(portion.tokens() * wanted_milliseconds / milliseconds, first_portion,
                                most_portion);
            for (const SentenceResult &result : portion.results()) {
                ++progress.added;
                progress.cut += result.cut ? 1 : 0;
                progress.not_finite += result.heads.empty() ? 1 : 0;
            }
        }
        progress.bytes = reader.position();
        if (report)
            report(progress);
        if (failure)
            throw Error(*failure);
    }
    progress.stopped = stop.stop_requested();
    return progress;
}

} // namespace encoderscope
