// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/platform/platform.h"

#include "tests/source_files.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <thread>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace encoderscope::platform;

namespace
{

constexpr bool portable = std::string_view(ENCODERSCOPE_PLATFORM) == "portable";

volatile std::sig_atomic_t handled = 0;

void handle(int signal)
{
    handled = signal;
}

} // namespace

/// Built with each implementation that this system can run.
class TestPlatform : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { folder_ = std::make_unique<QTemporaryDir>(); }

    void what_is_written_is_read();
    void reasons_are_as_in_errno();
    void a_file_that_is_there_is_not_made_again();
    void writing_changes_the_state_of_a_file();
    void one_has_a_lock();
    void a_lock_is_on_what_is_there();
    void a_killed_program_has_no_lock();
    void a_shortened_file_reads_as_zeros();
    void memory_is_aligned_data();
    void memory_is_aligned();
    void a_signal_is_held_and_taken();
    void a_signal_that_nobody_took_has_its_effect_afterwards();
    void no_handler_runs_in_a_thread_that_holds_all();
    void a_file_is_no_terminal();
    void writing_to_nobody_is_an_error();
    void a_thread_leaves_the_processor_to_others();
    void nobody_else_asks_the_system();

private:
    QString path(const QString &name) const { return folder_->filePath(name); }
    QString made(const QString &name, const QByteArray &content) const
    {
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("cannot write");
        return file.fileName();
    }

    std::unique_ptr<QTemporaryDir> folder_;
};

void TestPlatform::what_is_written_is_read()
{
    const QString name = path(QStringLiteral("파일"));
    QCOMPARE(make_file(name), 0);
    QFile out(name);
    QCOMPARE(open_to_write(out), 0);
    const QByteArray bytes = QByteArray(300'000, 'x') + QByteArray(1, '\0') + "end";
    QCOMPARE(write(out, bytes.constData(), bytes.size()), 0);
    QCOMPARE(QFileInfo(name).size(), bytes.size()); // past every buffer
    QCOMPARE(sync(out), 0);
    QCOMPARE(said_by_closing(out), 0);
    QCOMPARE(write(out, "!", 1), 0); // it is still open
    sync_folder(folder_->path());

    QFile in(name);
    QCOMPARE(open_to_read(in), 0);
    QByteArray read_bytes(bytes.size() + 10, '?');
    qint64 count = 0;
    while (const qint64 more = encoderscope::platform::read(in, read_bytes.data() + count, 100'000)) {
        QVERIFY(more > 0);
        count += more;
        QVERIFY(count < read_bytes.size());
    }
    QCOMPARE(read_bytes.first(count), bytes + "!");
}

void TestPlatform::reasons_are_as_in_errno()
{
    QFile missing(path(QStringLiteral("missing")));
    QCOMPARE(open_to_read(missing), ENOENT);
    QCOMPARE(open_to_write(missing), ENOENT);
    QVERIFY(!QFile::exists(missing.fileName()));
    QCOMPARE(make_file(path(QStringLiteral("no/folder"))), ENOENT);
    QFile folder(folder_->path());
    QCOMPARE(open_to_write(folder), EISDIR);
    QFile folder_read(folder_->path());
    char byte = 0;
    const int opened = open_to_read(folder_read);
    QCOMPARE(opened != 0 ? -opened : encoderscope::platform::read(folder_read, &byte, 1), qint64(-EISDIR));
    QFile full(QStringLiteral("/dev/full"));
    QCOMPARE(open_to_write(full), 0);
    QCOMPARE(write(full, "x", 1), ENOSPC);
}

void TestPlatform::a_file_that_is_there_is_not_made_again()
{
    const QString name = made(QStringLiteral("a"), "content");
    QCOMPARE(make_file(name), EEXIST);
    QFile::link(path(QStringLiteral("nowhere")), path(QStringLiteral("link")));
    QVERIFY(make_file(path(QStringLiteral("link"))) != 0);
    QVERIFY(!QFile::exists(path(QStringLiteral("nowhere"))));
    QCOMPARE(QFileInfo(name).size(), 7);
    QFile file(name);
    QCOMPARE(open_to_write(file), 0);
    QCOMPARE(QFileInfo(name).size(), 0);
}

void TestPlatform::writing_changes_the_state_of_a_file()
{
    QFile file(made(QStringLiteral("a"), "1234"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const FileState before = state_of(file);
    QCOMPARE(before.size, 4);
    const qint64 age = QDateTime::currentMSecsSinceEpoch() - before.modified / 1'000'000;
    QVERIFY2(age > -10'000 && age < 60'000, qPrintable(QString::number(age)));
    QFile other(file.fileName());
    QVERIFY(other.open(QIODevice::ReadWrite));
    other.write("5678");
    other.close();
    QVERIFY(other.open(QIODevice::ReadWrite));
    other.setFileTime(QDateTime::currentDateTime().addSecs(7), QFileDevice::FileModificationTime);
    other.close();
    const FileState after = state_of(file);
    QCOMPARE(after.size, 4);
    QVERIFY(after.modified > before.modified);
    QVERIFY(QFile::remove(file.fileName()));
    made(QStringLiteral("a"), "another one of that name");
    QCOMPARE(state_of(file).size, 4);
    QFile closed(file.fileName());
    QCOMPARE(state_of(closed).modified, 0);
}

void TestPlatform::one_has_a_lock()
{
    const QString file = made(QStringLiteral("a"), "x");
    for (const QString &place : {file, folder_->path()}) {
        if (portable) {
            QCOMPARE(Lock(place).state(), Lock::State::unknown);
            continue;
        }
        Lock first(place);
        QCOMPARE(first.state(), Lock::State::taken);
        QCOMPARE(Lock(place).state(), Lock::State::of_another);
        Lock moved(std::move(first));
        QCOMPARE(moved.state(), Lock::State::taken);
        QCOMPARE(Lock(place).state(), Lock::State::of_another);
        moved = Lock();
        QCOMPARE(Lock(place).state(), Lock::State::taken);
    }
}

void TestPlatform::a_lock_is_on_what_is_there()
{
    QCOMPARE(Lock(path(QStringLiteral("missing"))).state(), Lock::State::none);
    const QString file = made(QStringLiteral("a"), "x");
    if (portable)
        return;
    QVERIFY(QFile::link(file, path(QStringLiteral("link"))));
    QCOMPARE(Lock(path(QStringLiteral("link"))).state(), Lock::State::unknown);
    const Lock before(file);
    QVERIFY(QFile::rename(file, path(QStringLiteral("b"))));
    made(QStringLiteral("a"), "another");
    QCOMPARE(Lock(file).state(), Lock::State::taken);
    QCOMPARE(Lock(path(QStringLiteral("b"))).state(), Lock::State::of_another);
}

void TestPlatform::a_killed_program_has_no_lock()
{
    const QString file = made(QStringLiteral("a"), "x");
    const pid_t child = fork();
    if (child == 0) {
        const Lock lock(file);
        std::raise(SIGKILL);
    }
    int status = 0;
    waitpid(child, &status, 0);
    QVERIFY(WIFSIGNALED(status));
    QCOMPARE(Lock(file).state(), portable ? Lock::State::unknown : Lock::State::taken);
}

void TestPlatform::a_shortened_file_reads_as_zeros()
{
    if (portable)
        return;
    constexpr int size = 100'000;
    QFile file(made(QStringLiteral("a"), QByteArray(size, 'x')));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const uchar *data = file.map(0, size);
    QVERIFY(data);
    const MappingGuard guard({data, size});
    QVERIFY(QFile::resize(file.fileName(), 10));
    const volatile uchar *bytes = data;
    QCOMPARE(uchar(bytes[0]), uchar('x'));
    QCOMPARE(uchar(bytes[size - 1]), uchar(0));
}

void TestPlatform::memory_is_aligned_data()
{
    QTest::addColumn<std::size_t>("alignment");
    QTest::addColumn<std::size_t>("bytes");
    QTest::newRow("cache line") << std::size_t(64) << std::size_t(64 * 7);
    QTest::newRow("huge page") << (std::size_t(2) << 20U) << (std::size_t(6) << 20U);
}

void TestPlatform::memory_is_aligned()
{
    QFETCH(std::size_t, alignment);
    QFETCH(std::size_t, bytes);
    void *first = aligned_memory(alignment, bytes);
    void *second = aligned_memory(alignment, bytes);
    for (void *memory : {first, second}) {
        QVERIFY(memory);
        QCOMPARE(reinterpret_cast<std::uintptr_t>(memory) % alignment, 0U);
        std::memset(memory, 1, bytes);
    }
    free_aligned_memory(first);
    free_aligned_memory(second);
    free_aligned_memory(nullptr);
}

void TestPlatform::a_signal_is_held_and_taken()
{
    for (const int signal : {SIGINT, SIGTERM}) {
        const HeldSignals held;
        QCOMPARE(held.take(), 0);
        std::raise(signal);
        QCOMPARE(held.take(), signal);
        QCOMPARE(held.take(), 0);
    }
}

void TestPlatform::a_signal_that_nobody_took_has_its_effect_afterwards()
{
    const auto before = std::signal(SIGTERM, handle);
    handled = 0;
    {
        const HeldSignals held;
        std::raise(SIGTERM);
        QCOMPARE(static_cast<int>(handled), 0);
    }
    QCOMPARE(static_cast<int>(handled), SIGTERM);
    std::signal(SIGTERM, before);
}

void TestPlatform::no_handler_runs_in_a_thread_that_holds_all()
{
    const auto before = std::signal(SIGUSR1, handle);
    handled = 0;
    {
        const HeldSignals held(HeldSignals::Which::all);
        QCOMPARE(held.take(), 0);
        std::raise(SIGUSR1);
        QCOMPARE(static_cast<int>(handled), portable ? SIGUSR1 : 0);
    }
    QCOMPARE(static_cast<int>(handled), SIGUSR1);
    std::signal(SIGUSR1, before);
}

void TestPlatform::a_file_is_no_terminal()
{
    std::FILE *file = std::fopen(qPrintable(path(QStringLiteral("a"))), "w");
    QVERIFY(file);
    QVERIFY(!is_terminal(file));
    std::fclose(file);
}

void TestPlatform::writing_to_nobody_is_an_error()
{
    say_errors_of_writing();
    int ends[2] = {-1, -1};
    QCOMPARE(pipe(ends), 0);
    close(ends[0]);
    QFile out;
    QVERIFY(out.open(ends[1], QIODevice::WriteOnly | QIODevice::Unbuffered, QFileDevice::AutoCloseHandle));
    QVERIFY(write(out, "x", 1) != 0);
}

void TestPlatform::a_thread_leaves_the_processor_to_others()
{
    int nice = -1;
    std::thread([&] {
        lower_priority_of_this_thread(7);
        nice = getpriority(PRIO_PROCESS, 0);
    }).join();
    const int ours = getpriority(PRIO_PROCESS, 0);
    QVERIFY2(portable || nice == std::min(ours + 7, 19), qPrintable(QString::number(nice)));
}

void TestPlatform::nobody_else_asks_the_system()
{
    static const QRegularExpression asks(QStringLiteral(
        R"(#include <(unistd|fcntl|pthread|sched|poll|signal|termios|malloc|dirent|dlfcn|windows|io|sys/\w+|mach/\w+)\.h>)"
        R"(|__linux__|__APPLE__|_WIN32|__GLIBC__|\bQ_OS_)"));
    QCOMPARE(encoderscope::found_in_sources(
                 {QStringLiteral("app"), QStringLiteral("engine"), QStringLiteral("ui")}, asks, 500,
                 QStringLiteral("engine/platform/platform_")),
             QString());
}

QTEST_GUILESS_MAIN(TestPlatform)
#include "tst_platform.moc"
