// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include <memory>

class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QTreeWidget;

namespace encoderscope
{

class HubDownload;

/// Offers models that are worth a look, takes any other one's name, and downloads it, with progress and
/// cancel. What has come stays after a cancel.
class DownloadDialog : public QDialog
{
    Q_OBJECT

public:
    explicit DownloadDialog(QWidget *parent = nullptr);
    ~DownloadDialog() override;

    /// The name to begin with.
    void setName(const QString &name);

Q_SIGNALS:
    void downloaded(const QString &folder);

public:
    void done(int result) override;

private:
    void fillList();
    void start();
    void showProgress(qint64 received, qint64 total, const QString &file);
    void end(const QString &message);

    QTreeWidget *list_;
    QLineEdit *name_;
    QLabel *state_;
    QProgressBar *progress_;
    QPushButton *begin_;
    std::unique_ptr<HubDownload> download_;
};

} // namespace encoderscope
