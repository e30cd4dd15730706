// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/job.h"
#include "ui/pages/corpus_answers.h"
#include "ui/pages/page.h"

#include <QTimer>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QStackedWidget;
class QTabWidget;

namespace encoderscope
{

class CorpusList;
class CorpusMaker;
class CorpusMap;
class HeadTableView;
class NoCorpus;

/// What the model does over many sentences, from a file that "encoderscope corpus add" made: the heads beside
/// those of the sentence, where heads and neurons are strongest, where else a word is used, search. A click
/// on a sentence brings it into the session.
class CorpusPage : public Page
{
    Q_OBJECT

public:
    explicit CorpusPage(Session &session, QWidget *parent = nullptr);

    static QString title();
    /// Reads it beside the window, then shows it and this page. What was open stays when it cannot be read:
    /// see failed().
    void open(const QString &path);
    /// Lets the user choose a file to open.
    void chooseFile();
    /// Lets the user choose a text, and makes a corpus of it with the session's model.
    void makeOfText();
    /// Those opened lately, the last one first, as absolute paths.
    static QStringList recent();

Q_SIGNALS:
    /// Why what was to be opened was not.
    void failed(const QString &message);

protected:
    void refresh() override;
    void retranslate() override;
    void fitFont() override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    /// A list with a line above it that says what is in it.
    struct List {
        CorpusList *rows;
        QLabel *note;
    };

    QWidget *headsPage();
    QWidget *examplesPage();
    QWidget *usesPage();
    QWidget *searchPage();
    QWidget *mapPage();
    CatalogueView *addOfCorpus(const QString &kind);
    List addList();

    /// As the state has them.
    const Parameters &choices() const;
    QString chosenWord(const char *name) const;
    void read(const QString &path, bool asked);
    void accept(const Result<OpenedCorpusPtr> &result);
    void remember(const QString &path);
    /// Shows what the state names.
    void follow();
    void showOpened();
    void showControls();
    void pinExample();

    void ask();
    void showAnswer(const Result<CorpusAnswer> &answer);
    /// Why nothing is asked, for the user.
    QString unasked() const;
    List &shownList();
    void openSentence(const CorpusRow &row);

    QStackedWidget *stack_;
    CorpusMaker *maker_;
    NoCorpus *none_;
    QLabel *file_, *another_;
    QPushButton *openOther_, *makeIndex_;
    QTabWidget *tabs_;
    CatalogueView *head_, *mapped_;
    CorpusMap *map_;
    HeadTableView *heads_;
    QLabel *ofLabel_, *layerLabel_, *indexLabel_, *orderLabel_, *searchLabel_;
    QComboBox *of_, *order_;
    QSpinBox *layer_, *index_;
    QLineEdit *search_;
    List examples_{}, uses_{}, found_{};

    OpenedCorpusPtr corpus_; ///< null: none is open
    QString tried_;          ///< what the state named when it was last read, or could not be
    QString notOpened_;      ///< why that could not be
    QString reading_;        ///< the path that is being read
    bool asked_ = false;     ///< for: by the user, now
    std::optional<CorpusAnswer> answer_;
    std::optional<CorpusQuestion> question_; ///< the newest that was asked
    QTimer slow_;                            ///< runs out when reading takes so long that it is worth saying
    Job<OpenedCorpusPtr> opening_;
    Job<Done> preparing_; ///< for the first question to an index
    Job<CorpusAnswer> answers_;
};

} // namespace encoderscope
