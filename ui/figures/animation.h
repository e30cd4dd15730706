// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QImage>

#include <chrono>
#include <memory>

namespace encoderscope
{

/// Pictures of one size, shown one after the other and over again: an animated WebP without loss. One picture
/// alone stands still.
class Animation
{
public:
    /// `size` in pixels. Throws Error when it is more than the format holds.
    Animation(QSize size, std::chrono::milliseconds each);
    ~Animation();

    /// `picture` has the animation's size. Throws Error.
    void add(const QImage &picture);
    /// The file. Nothing can be added after it. Throws Error.
    QByteArray bytes();

private:
    struct Encoder;

    QSize size_;
    int each_; ///< in milliseconds
    int end_ = 0;
    std::unique_ptr<Encoder> encoder_;
};

} // namespace encoderscope
