// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/model_menu.h"

#include "engine/model/built_in_models.h"
#include "engine/model/model_sources.h"
#include "ui/plain_text.h"
#include "ui/state/model_loader.h"
#include "ui/state/session.h"
#include "ui/state/settings.h"
#include "ui/window/download_dialog.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QToolButton>

namespace encoderscope
{

namespace
{

constexpr qsizetype mostRecent = 8;
constexpr int slow_opening = 150; ///< milliseconds; a name that comes and goes at once only flickers

} // namespace

ModelMenu::ModelMenu(Session &session, ModelLoader &loader, QToolButton *button, QWidget *window)
    : QObject(window)
    , session_(session)
    , loader_(loader)
    , button_(button)
    , window_(window)
    , menu_(new QMenu(button))
{
    button_->setMenu(menu_);
    connect(menu_, &QMenu::aboutToShow, this, &ModelMenu::fill);
    slow_.setSingleShot(true);
    slow_.setInterval(slow_opening);
    connect(&slow_, &QTimer::timeout, this, &ModelMenu::showOpening);
    connect(&loader_, &ModelLoader::openingChanged, this, [this] {
        if (loader_.opening().isNull())
            showOpening();
        else
            slow_.start();
    });
    connect(&loader_, &ModelLoader::failed, this, [this](const QString &message) {
        if (session_.model()) // otherwise the window says that it has none
            complain(message);
    });
    connect(&loader_, &ModelLoader::opened, this, [this](const ModelPtr &model) { remember(model->folder); });
    connect(&session_, &Session::stateChanged, this, &ModelMenu::showOpening);
    showOpening();
}

void ModelMenu::fill()
{
    menu_->clear();
    if (!loader_.opening().isNull()) {
        menu_->addAction(withoutMnemonics(tr("Stop opening %1").arg(loader_.opening())), &loader_,
                         &ModelLoader::cancel);
        menu_->addSeparator();
    }
    menu_->addAction(tr("Default model"), this, &ModelMenu::openDefault);
    menu_->addAction(tr("Open folder…"), this, &ModelMenu::chooseFolder);
    menu_->addAction(tr("More models…"), this, &ModelMenu::download);

    menu_->addSection(tr("Untrained: how newer encoders compute"));
    const QStringList titles{tr("Built like ModernBERT"), tr("Built like DeBERTa")};
    for (qsizetype i = 0; i < titles.size(); ++i)
        menu_->addAction(titles[i], &loader_, [this, name = built_in_models()[i]] { loader_.open(name); });

    const QStringList recent = load(setting::recentModels);
    if (!recent.isEmpty())
        menu_->addSection(tr("Opened lately"));
    for (const QString &folder : recent) {
        QAction *action = menu_->addAction(withoutMnemonics(model_name(folder)), &loader_,
                                           [this, folder] { loader_.open(folder); });
        action->setToolTip(plainToolTip(folder));
    }
    const std::vector<CachedModel> cached = cached_models();
    if (!cached.empty())
        menu_->addSection(tr("In the local cache"));
    for (const CachedModel &model : cached) {
        QAction *action = menu_->addAction(withoutMnemonics(model.name), &loader_,
                                           [this, folder = model.folder] { loader_.open(folder); });
        action->setEnabled(model.supported);
        action->setToolTip(plainToolTip(
            model.supported ? model.folder
                            : tr("This program cannot open a model of the type %1, or its weights "
                                 "are not there.")
                                  .arg(model.model_type)));
    }
    menu_->setToolTipsVisible(true);
}

void ModelMenu::openDefault()
{
    loader_.open(QString());
}

void ModelMenu::chooseFolder()
{
    auto *dialog = new QFileDialog(window_, tr("Open a model's folder"),
                                   session_.model() ? session_.model()->folder : QString());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly, false);
    connect(dialog, &QFileDialog::fileSelected, &loader_, &ModelLoader::open);
    dialog->open();
}

void ModelMenu::download()
{
    auto *dialog = new DownloadDialog(window_);
    const ModelReference &wanted = session_.state().input.reference;
    if (!session_.model() && wanted.kind == ModelReference::Kind::hub)
        dialog->setName(wanted.source);
    connect(dialog, &DownloadDialog::downloaded, &loader_, &ModelLoader::open);
    dialog->open();
}

void ModelMenu::showOpening()
{
    const QString &source = session_.state().input.reference.source;
    const QString name = session_.model() ? session_.model()->name : QFileInfo(source).fileName();
    const bool slow = !loader_.opening().isNull() && !slow_.isActive();
    button_->setText(withoutMnemonics(slow ? tr("Opening…") : name) + QStringLiteral(" ▾"));
}

void ModelMenu::remember(const QString &relative)
{
    const QString folder = relative.isEmpty() ? QString() : QFileInfo(relative).absoluteFilePath();
    if (folder.isEmpty())
        return;
    QStringList recent = load(setting::recentModels);
    recent.removeAll(folder);
    recent.prepend(folder);
    store(setting::recentModels, QStringList(recent.mid(0, mostRecent)));
}

void ModelMenu::complain(const QString &message)
{
    showMessage(window_, QMessageBox::Warning, tr("The model cannot be opened"), message);
}

} // namespace encoderscope
