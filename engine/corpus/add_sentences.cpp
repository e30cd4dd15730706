// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/corpus/add_sentences.h"

#include "engine/corpus/corpus_messages.h"
#include "engine/forward/stacks.h"
#include "engine/kernels/workers.h"
#include "engine/text/text_file.h"

#include <QElapsedTimer>

#include <algorithm>
#include <future>
#include <iterator>
#include <memory>
#include <optional>
#include <utility>

namespace encoderscope
{

namespace
{

constexpr qint64 first_portion = 2'048;        ///< tokens of the first transaction
constexpr qint64 most_portion = 200'000;       ///< tokens of any
constexpr qint64 most_vector_portion = 20'000; ///< of any whose tokens' vectors are kept
constexpr qint64 wanted_milliseconds = 1'000;  ///< that a transaction's sentences should take

/// What the corpus calls the file.
QString source_name(const SentenceReader &reader, const AddOptions &options)
{
    return options.name.isEmpty() ? reader.file().path : options.name;
}

struct Waiting {
    std::int64_t number = 0;
    Encoding encoding;
};

/// Sentences that are run and stored together.
class Portion
{
public:
    /// Examples are kept of those that `corpus` would take.
    Portion(const CorpusWriter &corpus, const CorpusSettings &settings)
        : token_layers_(settings.token_layers)
    {
        for (std::size_t thread = 0; thread < kernels::worker_threads(); ++thread)
            found_.push_back({corpus.neurons().candidates(), corpus.heads().candidates(), {}});
    }

    void add(Waiting sentence)
    {
        tokens_ += static_cast<qint64>(sentence.encoding.tokens.size());
        waiting_.push_back(std::move(sentence));
    }
    qint64 tokens() const { return tokens_; }
    bool empty() const { return waiting_.empty(); }
    /// That running it took.
    qint64 milliseconds() const { return milliseconds_; }
    qint64 end = 0; ///< where the file was read up to

    /// Runs them, on all cores: each takes stacks of sentences of about one length. Those whose stack was not
    /// done when `stop` was requested are left out.
    void run(const ModelPtr &model, const std::stop_token &stop)
    {
        QElapsedTimer clock;
        clock.start();
        std::vector<std::size_t> tokens;
        for (const Waiting &sentence : waiting_)
            tokens.push_back(sentence.encoding.tokens.size());
        const std::vector<std::vector<std::size_t>> stacks = stacks_by_length(tokens);
        kernels::run_chunks(
            stacks.size(),
            [&](std::size_t chunk, std::size_t thread) {
                run_one(model, stacks[chunk], found_[thread], stop);
            },
            stop);
        milliseconds_ = clock.elapsed();
    }

    /// What they gave, for the corpus; how many there are is noted in `progress`.
    void store(CorpusWriter &corpus, AddProgress &progress)
    {
        Found &all = found_.front();
        for (std::size_t thread = 1; thread < found_.size(); ++thread) {
            Found &more = found_[thread];
            offer_all(more.neurons, all.neurons);
            offer_all(more.heads, all.heads);
            std::move(more.results.begin(), more.results.end(), std::back_inserter(all.results));
        }
        std::sort(all.results.begin(), all.results.end(),
                  [](const SentenceResult &a, const SentenceResult &b) { return a.number < b.number; });
        corpus.add(all.results, all.neurons, all.heads);
        for (const SentenceResult &result : all.results) {
            ++progress.added;
            progress.cut += result.cut ? 1 : 0;
            progress.not_finite += result.heads.empty() ? 1 : 0;
        }
        progress.bytes = end;
    }

private:
    /// By one thread.
    struct Found {
        TopExamples neurons, heads;
        std::vector<SentenceResult> results;
    };

    static void offer_all(const TopExamples &from, TopExamples &to)
    {
        for (std::size_t thing = 0; thing < from.things(); ++thing) {
            for (const Example &example : from.of(thing))
                to.offer(thing, example);
        }
    }

    void run_one(const ModelPtr &model, const std::vector<std::size_t> &stack, Found &found,
                 const std::stop_token &stop)
    {
        std::vector<Encoding> encodings;
        std::vector<SentenceRun> runs;
        for (const std::size_t sentence : stack) {
            encodings.push_back(std::move(waiting_[sentence].encoding));
            runs.emplace_back(encodings.back(), waiting_[sentence].number, token_layers_, found.neurons,
                              found.heads);
        }
        const auto look = [&](const StackedRows &rows) { runs[rows.input].look_at(*model, rows); };
        const std::vector<TracePtr> traces = run_stack(model, encodings, Kept::output, stop, look);
        for (std::size_t i = 0; i < traces.size(); ++i)
            found.results.push_back(runs[i].finish(*traces[i]));
    }

    const std::vector<int> &token_layers_;
    std::vector<Waiting> waiting_;
    qint64 tokens_ = 0;
    qint64 milliseconds_ = 0;
    std::vector<Found> found_; ///< of each thread
};

/// Runs a portion while the calling thread does something else.
class Running
{
public:
    Running(std::unique_ptr<Portion> portion, const ModelPtr &model, const std::stop_token &stop)
        : portion_(std::move(portion))
        , done_(std::async(std::launch::async, [this, model, stop] { portion_->run(model, stop); }))
    {
    }
    Running(const Running &) = delete;
    Running &operator=(const Running &) = delete;

    /// Waits for it. Throws what the run has thrown.
    std::unique_ptr<Portion> take()
    {
        done_.get();
        return std::move(portion_);
    }

private:
    std::unique_ptr<Portion> portion_;
    std::future<void> done_; ///< waits when it dies: before the portion does
};

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
        portion.add({number, std::move(encoding)});
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
    qint64 wanted = first_portion;
    // While one portion runs, the one before is stored and the next one read.
    std::unique_ptr<Running> running;
    std::unique_ptr<Portion> done;
    while (running || (filling.more() && !stop.stop_requested())) {
        std::unique_ptr<Portion> next = filling.next(wanted, progress, stop);
        if (running) {
            done = running->take();
            running.reset();
            wanted =
                std::clamp(done->tokens() * wanted_milliseconds / std::max<qint64>(done->milliseconds(), 1),
                           first_portion, most_portion);
        }
        if (!next->empty())
            running = std::make_unique<Running>(std::move(next), model, stop);
        else
            progress.bytes = next->end;
        if (done)
            std::exchange(done, nullptr)->store(corpus, progress);
        else if (running)
            continue; // the first portion: nothing to report yet
        if (report)
            report(progress);
    }
    if (filling.failure())
        throw Error(*filling.failure());
    progress.bytes = reader.position();
    progress.stopped = stop.stop_requested();
    return progress;
}

} // namespace encoderscope
