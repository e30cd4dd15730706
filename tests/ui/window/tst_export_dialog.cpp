// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/figure_files.h"
#include "ui/jobs/job_threads.h"
#include "ui/window/export_dialog.h"
#include "ui/window/series_dialog.h"

#include <QComboBox>
#include <QFileDialog>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSemaphore>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <algorithm>
#include <memory>

using namespace encoderscope;

namespace
{

constexpr int many = 700; // rows and columns

/// A figure that waits for `allowed` before it gives rows.
FigurePtr slowFigure(QSemaphore &allowed)
{
    HeatmapData data;
    data.rows = data.columns = many;
    data.values = [&allowed](int first, int count) {
        allowed.acquire();
        allowed.release();
        Matrix values(count, many);
        for (int row = 0; row < count; ++row)
            values.row(row).setConstant(static_cast<float>(first + row));
        return values;
    };
    data.scale = ColourScale::sequential(0.0, many);
    return makeFigure(std::move(data), {}, {}, {});
}

QByteArray read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

/// The dialog, used as a person uses it, with a figure whose numbers take their time.
class TestExportDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void init()
    {
        figure_ = slowFigure(allowed_);
        dialog_ = std::make_unique<ExportDialog>(figure_, Viewpoint());
        auto *format = dialog_->findChild<QComboBox *>();
        format->setCurrentIndex(format->findText(QStringLiteral("CSV"), Qt::MatchStartsWith));
        dialog_->show();
        QVERIFY(QTest::qWaitForWindowExposed(dialog_.get()));
        path_ = folder_.filePath(QString::fromLatin1(QTest::currentTestFunction()) + QStringLiteral(".csv"));
    }

    void cleanup()
    {
        allowed_.release(1000);
        dialog_.reset();
        endJobThreads();
        allowed_.acquire(allowed_.available());
    }

    void theWindowLivesWhileALargeFigureIsWritten()
    {
        save(); // would wait for ever in this thread
        QTRY_VERIFY(progress().isVisible());
        QVERIFY(!button("Save…")->isEnabled());
        QVERIFY(!QFile::exists(path_));
        allowed_.release();
        QTRY_VERIFY(says(QStringLiteral("Saved as")));
        QVERIFY(!progress().isVisible());
        QVERIFY(button("Save…")->isEnabled());
        QCOMPARE(read(path_), figureBytes(figure_, dialog_->choice().style(), FigureFormat::csv));
    }

    void aCancelledFileIsNotThere()
    {
        save();
        QTRY_VERIFY(progress().isVisible());
        QTest::mouseClick(button("Cancel"), Qt::LeftButton);
        allowed_.release();
        QTRY_VERIFY(says(QStringLiteral("Cancelled; nothing was written.")));
        QVERIFY(!QFile::exists(path_));
        save();
        QTRY_VERIFY(says(QStringLiteral("Saved as")));
    }

    void aFailedAllocationIsNotSaved_data()
    {
        QTest::addColumn<int>("size");
        QTest::newRow("beside the window") << many;
        QTest::newRow("at once") << 10;
    }

    void aFailedAllocationIsNotSaved()
    {
        QFETCH(int, size);
        HeatmapData data;
        data.rows = data.columns = size;
        data.values = [](int, int) -> Matrix { throw std::bad_alloc(); };
        dialog_ = std::make_unique<ExportDialog>(makeFigure(data, {}, {}, {}), Viewpoint());
        auto *format = dialog_->findChild<QComboBox *>();
        format->setCurrentIndex(format->findText(QStringLiteral("CSV"), Qt::MatchStartsWith));
        QFile before(path_);
        QVERIFY(before.open(QIODevice::WriteOnly) && before.write("good") == 4);
        before.close();
        save();
        QTRY_VERIFY(says(QStringLiteral("There is not enough memory.")));
        QVERIFY(!says(QStringLiteral("Saved as")));
        QCOMPARE(read(path_), QByteArray("good"));
        QTest::mouseClick(button("Copy"), Qt::LeftButton);
        QVERIFY(says(QStringLiteral("There is not enough memory.")));
    }

    void theNamesEndingCounts()
    {
        allowed_.release();
        path_.replace(QStringLiteral(".csv"), QStringLiteral(".npy"));
        save();
        QTRY_VERIFY(says(QStringLiteral("Saved as")));
        QCOMPARE(read(path_), figureBytes(figure_, dialog_->choice().style(), FigureFormat::npy));
    }

    void closingTheDialogStops()
    {
        save();
        QTRY_VERIFY(progress().isVisible());
        dialog_.reset();
        allowed_.release();
        endJobThreads();
        QVERIFY(!QFile::exists(path_));
    }

    void aSeriesIsWrittenBesideTheWindow()
    {
        BarsData bars; // for the GUI thread alone
        bars.labels = {QStringLiteral("a"), QStringLiteral("b")};
        bars.values = {1.0, 2.0};
        bars.colours = {FigureColour::series(0), FigureColour::series(1)};
        const FigurePtr chart = makeFigure(bars, {}, QStringLiteral("bars"), {});
        QThread *const window = QThread::currentThread();
        bool beside = false;
        const SeriesSource source{QStringLiteral("two"), QStringLiteral("two"), 2,
                                  [&](const JobControl &, const std::function<void(int)> &made) {
                                      beside = QThread::currentThread() != window;
                                      allowed_.acquire();
                                      made(2);
                                      return std::vector<FigurePtr>{chart, chart};
                                  }};
        SeriesDialog series({source});
        series.show();
        auto *format = series.findChild<QComboBox *>(QStringLiteral("format"));
        format->setCurrentIndex(format->findData(static_cast<int>(FigureFormat::svg)));
        const auto message = [&series](const QString &text) {
            const auto labels = series.findChildren<QLabel *>();
            return std::any_of(labels.begin(), labels.end(),
                               [&](const QLabel *label) { return label->text().contains(text); });
        };
        const auto *saveButton = series.findChild<QPushButton *>(QStringLiteral("save"));
        const QString folder = folder_.filePath(QStringLiteral("series"));
        series.save(folder);
        QTRY_VERIFY(series.findChild<QProgressBar *>()->isVisible());
        QVERIFY(!saveButton->isEnabled());
        allowed_.release();
        QTRY_VERIFY(message(QStringLiteral("written")));
        QVERIFY(beside);
        QCOMPARE(QDir(folder).entryList(QDir::Files, QDir::Name),
                 (QStringList{QStringLiteral("01-bars.svg"), QStringLiteral("02-bars.svg")}));

        // Cancelled, and where nothing can be written.
        const QString other = folder_.filePath(QStringLiteral("other"));
        series.save(other);
        for (QPushButton *one : series.findChildren<QPushButton *>()) {
            if (one->text() == QStringLiteral("Cancel"))
                QTest::mouseClick(one, Qt::LeftButton);
        }
        allowed_.release();
        QTRY_VERIFY(message(QStringLiteral("Cancelled.")));
        QVERIFY(!QFile::exists(other));
        format->setCurrentIndex(0);
        const QString missing = folder_.filePath(QStringLiteral("no/such/folder.webp"));
        allowed_.release();
        series.save(missing);
        QTRY_VERIFY(message(missing));
        QVERIFY(saveButton->isEnabled());
    }

private:
    QPushButton *button(const char *text) const
    {
        for (QPushButton *one : dialog_->findChildren<QPushButton *>()) {
            if (one->text() == QString::fromUtf8(text))
                return one;
        }
        return nullptr;
    }
    QProgressBar &progress() const { return *dialog_->findChild<QProgressBar *>(); }
    bool says(const QString &text) const
    {
        const auto labels = dialog_->findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(),
                           [&](const QLabel *label) { return label->text().contains(text); });
    }
    void save()
    {
        QTest::mouseClick(button("Save…"), Qt::LeftButton);
        auto *files = dialog_->findChild<QFileDialog *>();
        QVERIFY(files != nullptr);
        Q_EMIT files->fileSelected(path_);
        delete files;
    }

    QSemaphore allowed_;
    FigurePtr figure_;
    std::unique_ptr<ExportDialog> dialog_;
    QTemporaryDir folder_;
    QString path_;
};

QTEST_MAIN(TestExportDialog)
#include "tst_export_dialog.moc"
