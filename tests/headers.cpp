// SPDX-License-Identifier: GPL-3.0-or-later
// Its precompiled headers are what tests begin with.
int main()
{
    return 0;
}
