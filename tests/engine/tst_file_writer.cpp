// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/file_writer.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <thread>

#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace encoderscope;

namespace
{

const QString leftover_names = QStringLiteral(".encoderscope-*");

QByteArray content(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("cannot be read");
}

/// Runs `work`, which kills its process, in a process of its own.
void killed(const std::function<void()> &work)
{
    const pid_t child = fork();
    if (child == 0) {
        work();
        _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    QVERIFY(WIFSIGNALED(status));
}

} // namespace

/// The one way to save: whole or not at all, whatever the place.
class TestFileWriter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void a_file_appears_when_it_is_whole_data();
    void a_file_appears_when_it_is_whole();
    void permissions_stay();
    void links_are_followed();
    void a_pipe_is_written_to();
    void the_first_error_ends_it();
    void refusals_name_path_and_reason();
    void what_a_killed_program_left_is_removed();
    void what_another_program_writes_stays();
    void a_folder_moves_whole();

private:
    QString path(const QString &name) const { return folder_->filePath(name); }
    QStringList leftovers() const
    {
        return QDir(folder_->path())
            .entryList({leftover_names}, QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    }

    std::unique_ptr<QTemporaryDir> folder_;
};

void TestFileWriter::init()
{
    folder_ = std::make_unique<QTemporaryDir>();
}

void TestFileWriter::a_file_appears_when_it_is_whole_data()
{
    QTest::addColumn<FileWriter::Care>("care");
    QTest::addColumn<int>("size");
    for (const int size : {0, 5, 1'000'000}) {
        QTest::addRow("flushed, %d bytes", size) << FileWriter::Care::flushed << size;
        QTest::addRow("synced, %d bytes", size) << FileWriter::Care::synced << size;
    }
}

void TestFileWriter::a_file_appears_when_it_is_whole()
{
    QFETCH(FileWriter::Care, care);
    QFETCH(int, size);
    QByteArray bytes(size, 'x');
    for (int i = 0; i < size; ++i)
        bytes[i] = static_cast<char>(i);
    write_file(path(QStringLiteral("a")), "before");
    {
        FileWriter writer(path(QStringLiteral("a")), care);
        writer.put(bytes);
        QCOMPARE(content(path(QStringLiteral("a"))), "before");
    } // not committed
    QCOMPARE(content(path(QStringLiteral("a"))), "before");
    QCOMPARE(leftovers(), QStringList());

    FileWriter writer(path(QStringLiteral("a")), care);
    for (int at = 0; at < size; at += 300'001) // as a device, in pieces smaller and larger than its buffer
        QCOMPARE(writer.write(bytes.sliced(at, std::min(300'001, size - at))), std::min(300'001, size - at));
    writer.commit();
    QCOMPARE(content(path(QStringLiteral("a"))), bytes);
    QCOMPARE(leftovers(), QStringList());
}

void TestFileWriter::permissions_stay()
{
    write_file(path(QStringLiteral("a")), "before");
    QCOMPARE(chmod(QFile::encodeName(path(QStringLiteral("a"))).constData(), 0640), 0);
    write_file(path(QStringLiteral("a")), "after");
    struct stat info = {};
    QCOMPARE(stat(QFile::encodeName(path(QStringLiteral("a"))).constData(), &info), 0);
    QCOMPARE(info.st_mode & 0777U, 0640U);

    const mode_t mask = umask(027);
    write_file(path(QStringLiteral("b")), "new");
    umask(mask);
    QCOMPARE(stat(QFile::encodeName(path(QStringLiteral("b"))).constData(), &info), 0);
    QCOMPARE(info.st_mode & 0777U, 0640U);
}

void TestFileWriter::links_are_followed()
{
    QVERIFY(QDir(folder_->path()).mkdir(QStringLiteral("far")));
    QVERIFY(QFile::link(QStringLiteral("far/target"), path(QStringLiteral("link"))));
    for (const char *bytes : {"new", "again"}) { // a target that is not there, then one that is
        write_file(path(QStringLiteral("link")), bytes);
        QVERIFY(QFileInfo(path(QStringLiteral("link"))).isSymbolicLink());
        QCOMPARE(content(path(QStringLiteral("far/target"))), bytes);
    }
    QVERIFY(QFile::link(QStringLiteral("circle"), path(QStringLiteral("circle"))));
    QVERIFY_THROWS_EXCEPTION(Error, write_file(path(QStringLiteral("circle")), "x"));
}

void TestFileWriter::a_pipe_is_written_to()
{
    const QByteArray pipe = QFile::encodeName(path(QStringLiteral("pipe")));
    QCOMPARE(mkfifo(pipe.constData(), 0600), 0);
    QByteArray read;
    std::thread reader([&] { read = content(path(QStringLiteral("pipe"))); });
    write_file(path(QStringLiteral("pipe")), "through the pipe");
    reader.join();
    QCOMPARE(read, "through the pipe");
    struct stat info = {};
    QCOMPARE(lstat(pipe.constData(), &info), 0);
    QVERIFY(S_ISFIFO(info.st_mode));
}

void TestFileWriter::the_first_error_ends_it()
{
    write_file(path(QStringLiteral("a")), "before");
    const auto handler = std::signal(SIGXFSZ, SIG_IGN); // as main() does
    rlimit before = {};
    getrlimit(RLIMIT_FSIZE, &before);
    const rlimit small = {.rlim_cur = 4096, .rlim_max = before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small);
    const QByteArray bytes(5000, 'x');
    QString message;
    bool put_failed = false;
    try {
        FileWriter writer(path(QStringLiteral("a")));
        writer.put(bytes); // goes into the buffer
        try {
            writer.put(QByteArray(1'000'000, 'y'));
        } catch (const Error &) {
            put_failed = true;
        }
        QCOMPARE(writer.write(bytes), -1);
        writer.commit();
    } catch (const Error &error) {
        message = error.message();
    }
    QString late; // found only when the buffer is emptied
    try {
        write_file(path(QStringLiteral("a")), bytes);
    } catch (const Error &error) {
        late = error.message();
    }
    setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, handler);
    QVERIFY(put_failed);
    QVERIFY2(message.contains(path(QStringLiteral("a"))) && message.contains(QStringLiteral("larger")),
             qPrintable(message));
    QCOMPARE(late, message);
    QCOMPARE(content(path(QStringLiteral("a"))), "before");
    QCOMPARE(leftovers(), QStringList());
}

void TestFileWriter::refusals_name_path_and_reason()
{
    for (const QString &place : {path(QStringLiteral("no folder/x")), folder_->path(), QString()}) {
        try {
            write_file(place, "x");
            QFAIL("was written");
        } catch (const Error &error) {
            QVERIFY2(error.message().contains(place), error.what());
            QVERIFY2(error.message().contains(QStringLiteral("folder")), error.what());
        }
    }
}

void TestFileWriter::what_a_killed_program_left_is_removed()
{
    killed([this] {
        FileWriter writer(path(QStringLiteral("a")));
        writer.put(QByteArray(1'000'000, 'x'));
        std::raise(SIGKILL);
    });
    QCOMPARE(leftovers().size(), 1);
    killed([this] {
        Aside aside(path(QStringLiteral("model")), Aside::Kind::folder, path(QStringLiteral("model")));
        write_file(aside.path() + QStringLiteral("/weights"), "x");
        std::raise(SIGKILL);
    });
    QCOMPARE(leftovers().size(), 1); // the first was removed before
    QVERIFY(!QFile::exists(path(QStringLiteral("a"))));
    write_file(path(QStringLiteral("b")), "x");
    QCOMPARE(leftovers(), QStringList());
}

void TestFileWriter::what_another_program_writes_stays()
{
    write_file(path(QStringLiteral(".encoderscope-not-ours")), "x");
    FileWriter slow(path(QStringLiteral("a")));
    slow.put("slow");
    Aside folder(path(QStringLiteral("model")), Aside::Kind::folder, path(QStringLiteral("model")));
    const int before = static_cast<int>(leftovers().size());
    QCOMPARE(before, 3);
    killed([this] {
        write_file(path(QStringLiteral("b")), "quick"); // another program, which removes what is left over
        std::raise(SIGKILL);
    });
    QCOMPARE(leftovers().size(), before);
    slow.commit();
    QCOMPARE(content(path(QStringLiteral("a"))), "slow");
    QCOMPARE(content(path(QStringLiteral("b"))), "quick");
}

void TestFileWriter::a_folder_moves_whole()
{
    {
        Aside aside(path(QStringLiteral("model")), Aside::Kind::folder, path(QStringLiteral("model")));
        write_file(aside.path() + QStringLiteral("/weights"), "x");
        aside.move_into_place();
    }
    QCOMPARE(content(path(QStringLiteral("model/weights"))), "x");
    QCOMPARE(leftovers(), QStringList());
    Aside other(path(QStringLiteral("model")), Aside::Kind::folder, QStringLiteral("the model"));
    try {
        other.move_into_place(); // there is something already
        QFAIL("was replaced");
    } catch (const Error &error) {
        QVERIFY2(error.message().contains(QStringLiteral("the model")), error.what());
    }
    QCOMPARE(content(path(QStringLiteral("model/weights"))), "x");
}

QTEST_GUILESS_MAIN(TestFileWriter)
#include "tst_file_writer.moc"
