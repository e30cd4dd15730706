// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cassert>
#include <memory>
#include <mutex>
#include <typeinfo>

namespace encoderscope
{

/// Room for one thing that is made when it is asked for first, from any thread, and kept. Of what type it is
/// only those who ask know: always the same one.
class MadeOnce
{
public:
    /// `make` returns a Value. What it throws leaves the room empty.
    template <typename Value, typename Make>
    const Value &get(const Make &make) const
    {
        std::call_once(once_, [&] {
            value_ = std::make_shared<const Value>(make());
            type_ = &typeid(Value);
        });
        assert(*type_ == typeid(Value));
        return *static_cast<const Value *>(value_.get());
    }

private:
    mutable std::once_flag once_;
    mutable std::shared_ptr<const void> value_;
    mutable const std::type_info *type_ = nullptr;
};

} // namespace encoderscope
