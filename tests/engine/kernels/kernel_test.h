// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/kernels/instruction_set.h"
#include "engine/kernels/strided.h"

#include <QTest>

#include <random>
#include <string>
#include <vector>

namespace encoderscope::kernels
{

/// Numbers between -1 and 1, the same each time.
inline std::vector<float> random_floats(std::size_t count, unsigned seed)
{
    std::mt19937 generator(seed);
    std::vector<float> values(count);
    for (float &value : values)
        value = static_cast<float>(generator() % 20001) / 10000.0F - 1.0F;
    return values;
}

/// A matrix whose rows lie apart and do not begin on any boundary; what lies between them can be checked.
class Spread
{
public:
    Spread(std::size_t rows, std::size_t columns, float filler = 7.5F)
        : stride_(columns + 3)
        , rows_(rows)
        , columns_(columns)
        , filler_(filler)
        , values_(rows * stride_ + 1, filler)
    {
    }
    Spread(std::size_t rows, std::size_t columns, const std::vector<float> &values)
        : Spread(rows, columns)
    {
        for (std::size_t i = 0; i < rows; ++i) {
            for (std::size_t j = 0; j < columns; ++j)
                at(i, j) = values[i * columns + j];
        }
    }

    float &at(std::size_t row, std::size_t column) { return values_[1 + row * stride_ + column]; }
    Rows rows() { return {values_.data() + 1, rows_, columns_, stride_}; }
    bool nothing_written_outside() const
    {
        for (std::size_t i = 0; i < values_.size(); ++i) {
            const bool outside = i == 0 || (i - 1) % stride_ >= columns_;
            if (outside && values_[i] != filler_)
                return false;
        }
        return true;
    }

private:
    std::size_t stride_;
    std::size_t rows_;
    std::size_t columns_;
    float filler_;
    std::vector<float> values_;
};

/// All that this processor can run, asked for before any test limits it.
inline const std::vector<std::string> &all_instruction_sets()
{
    static const std::vector<std::string> all = instruction_sets();
    return all;
}

/// One row of test data for each instruction set.
inline void add_instruction_sets()
{
    QTest::addColumn<QString>("isa");
    for (const std::string &name : all_instruction_sets())
        QTest::newRow(name.c_str()) << QString::fromStdString(name);
}

/// At the top of a test: makes the kernels use the row's instruction set.
inline void use_fetched_instruction_set()
{
    QFETCH(QString, isa);
    use_instruction_set(isa.toStdString());
}

} // namespace encoderscope::kernels
