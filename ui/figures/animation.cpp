// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/animation.h"

#include "engine/error.h"

#include <QCoreApplication>

#include <webp/encode.h>
#include <webp/mux.h>

namespace encoderscope
{

namespace
{

[[noreturn]] void fail(const char *reason)
{
    throw Error(QCoreApplication::translate("Figures", "The animation cannot be encoded: %1.")
                    .arg(QLatin1String(reason)));
}

/// A picture in the library's form, which is freed with it.
struct Picture {
    WebPPicture data;

    Picture()
    {
        if (WebPPictureInit(&data) == 0)
            fail("WebPPictureInit");
    }
    ~Picture() { WebPPictureFree(&data); }
    Picture(const Picture &) = delete;
    Picture &operator=(const Picture &) = delete;
};

} // namespace

struct Animation::Encoder {
    WebPAnimEncoder *handle = nullptr;
    WebPConfig config;

    explicit Encoder(QSize size)
    {
        WebPAnimEncoderOptions options;
        // Level 6 of 9: the file is a few per cent larger than the smallest, in a fraction of the time.
        constexpr int level = 6;
        if (WebPAnimEncoderOptionsInit(&options) == 0 || WebPConfigInit(&config) == 0 ||
            WebPConfigLosslessPreset(&config, level) == 0)
            fail("WebPConfigLosslessPreset");
        handle = WebPAnimEncoderNew(size.width(), size.height(), &options);
        if (!handle)
            fail("WebPAnimEncoderNew");
    }
    ~Encoder() { WebPAnimEncoderDelete(handle); }
    Encoder(const Encoder &) = delete;
    Encoder &operator=(const Encoder &) = delete;
};

Animation::Animation(QSize size, std::chrono::milliseconds each)
    : size_(size)
    , each_(static_cast<int>(each.count()))
{
    if (size.isEmpty() || size.width() > WEBP_MAX_DIMENSION || size.height() > WEBP_MAX_DIMENSION)
        throw Error(QCoreApplication::translate("Figures",
                                                "WebP holds pictures of up to %1 x %1 pixels, not of %2 x "
                                                "%3; choose a smaller scale, or another format.")
                        .arg(WEBP_MAX_DIMENSION)
                        .arg(size.width())
                        .arg(size.height()));
    encoder_ = std::make_unique<Encoder>(size);
}

Animation::~Animation() = default;

void Animation::add(const QImage &picture)
{
    Q_ASSERT(picture.size() == size_);
    const QImage pixels = picture.convertToFormat(QImage::Format_RGB888);
    Picture webp;
    webp.data.use_argb = 1;
    webp.data.width = size_.width();
    webp.data.height = size_.height();
    if (WebPPictureImportRGB(&webp.data, pixels.constBits(), static_cast<int>(pixels.bytesPerLine())) == 0)
        fail("WebPPictureImportRGB");
    if (WebPAnimEncoderAdd(encoder_->handle, &webp.data, end_, &encoder_->config) == 0)
        fail(WebPAnimEncoderGetError(encoder_->handle));
    end_ += each_;
}

QByteArray Animation::bytes()
{
    WebPData data;
    WebPDataInit(&data);
    if (WebPAnimEncoderAdd(encoder_->handle, nullptr, end_, nullptr) == 0 ||
        WebPAnimEncoderAssemble(encoder_->handle, &data) == 0)
        fail(WebPAnimEncoderGetError(encoder_->handle));
    const QByteArray bytes(reinterpret_cast<const char *>(data.bytes), static_cast<qsizetype>(data.size));
    WebPDataClear(&data);
    return bytes;
}

} // namespace encoderscope
