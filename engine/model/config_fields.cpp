// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/config_fields.h"

namespace encoderscope
{

const Names<Activation> &activation_names()
{
    static const Names<Activation> names{{QStringLiteral("relu"), Activation::relu},
                                         {QStringLiteral("gelu"), Activation::gelu},
                                         {QStringLiteral("gelu_python"), Activation::gelu},
                                         {QStringLiteral("gelu_new"), Activation::gelu_tanh},
                                         {QStringLiteral("gelu_pytorch_tanh"), Activation::gelu_tanh},
                                         {QStringLiteral("gelu_fast"), Activation::gelu_tanh},
                                         {QStringLiteral("silu"), Activation::silu},
                                         {QStringLiteral("swish"), Activation::silu},
                                         {QStringLiteral("quick_gelu"), Activation::quick_gelu},
                                         {QStringLiteral("mish"), Activation::mish},
                                         {QStringLiteral("relu2"), Activation::relu_squared},
                                         {QStringLiteral("linear"), Activation::identity}};
    return names;
}

} // namespace encoderscope
