// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLayout>

#include <memory>
#include <vector>

namespace encoderscope
{

/// Controls side by side, which go on in another line where there is no room for all: none becomes narrower
/// than what it says. A label stays with its buddy.
class WrappingRow : public QLayout
{
public:
    explicit WrappingRow(QWidget *parent = nullptr);
    ~WrappingRow() override;

    /// What follows stands at the right end of its line.
    void addStretch();

    void addItem(QLayoutItem *item) override;
    int count() const override { return static_cast<int>(items_.size()); }
    QLayoutItem *itemAt(int index) const override;
    QLayoutItem *takeAt(int index) override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSize() const override;
    void setGeometry(const QRect &rect) override;

private:
    struct Group;
    struct Line;
    std::vector<Group> groups() const;
    std::vector<Line> linesIn(int width) const;
    void place(const Line &line, const QRect &rect) const;

    std::vector<std::unique_ptr<QLayoutItem>> items_;
};

} // namespace encoderscope
