// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/default_model.h"

#include <cmath>

namespace encoderscope
{

/// The default model with a head of every kind, of weights that mean nothing.
inline std::shared_ptr<Model> headedModel()
{
    auto model = std::make_shared<Model>(*default_model());
    const Index d = model->config.d_model;
    const auto linear = [d](Index outputs) {
        const Matrix weight = Matrix::NullaryExpr(outputs, d, [](Index row, Index column) {
            return 0.5F * std::sin(static_cast<float>(7 * row + 3 * column + row * column));
        });
        return Linear{SharedMatrix(weight), SharedMatrix(Matrix(Matrix::Constant(1, outputs, 0.1F)))};
    };
    ClassificationHead classes;
    classes.classifier = linear(2);
    classes.labels = QStringList{QStringLiteral("good"), QStringLiteral("bad")};
    model->output.classification = classes;
    model->output.token_classification =
        TokenClassificationHead{linear(5),
                                {QStringLiteral("O"), QStringLiteral("B-PER"), QStringLiteral("I-PER"),
                                 QStringLiteral("B-LOC"), QStringLiteral("I-LOC")}};
    model->output.answer = AnswerHead{linear(2)};
    model->output.discriminator = DiscriminatorHead{linear(d), Activation::gelu, linear(1)};
    return model;
}

} // namespace encoderscope
