// SPDX-License-Identifier: GPL-3.0-or-later
// Its precompiled headers are those of all libraries that have no window.
