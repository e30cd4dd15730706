<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en_US">
<context>
    <name>Figures</name>
    <message numerus="yes">
        <source>%n token(s)</source>
        <translation>
            <numerusform>%n token</numerusform>
            <numerusform>%n tokens</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n token(s) without a partner (hatched)</source>
        <translation>
            <numerusform>%n token without a partner (hatched)</numerusform>
            <numerusform>%n tokens without a partner (hatched)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Pages</name>
    <message numerus="yes">
        <source>, of %n tokens at most</source>
        <translation>
            <numerusform>, of %n token at most</numerusform>
            <numerusform>, of %n tokens at most</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Why</name>
    <message numerus="yes">
        <source>%n step(s)</source>
        <translation>
            <numerusform>%n step</numerusform>
            <numerusform>%n steps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>mean of %n random order(s)</source>
        <translation>
            <numerusform>mean of %n random order</numerusform>
            <numerusform>mean of %n random orders</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>integrated Jacobians, baseline: %1, %n step(s)</source>
        <translation>
            <numerusform>integrated Jacobians, baseline: %1, %n step</numerusform>
            <numerusform>integrated Jacobians, baseline: %1, %n steps</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WorkedExample</name>
    <message numerus="yes">
        <source>%n more keys, together %1</source>
        <translation>
            <numerusform>%n more key, together %1</numerusform>
            <numerusform>%n more keys, together %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n hidden special token(s), together %1</source>
        <translation>
            <numerusform>and %n hidden special token, together %1</numerusform>
            <numerusform>and %n hidden special tokens, together %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>⋯ all %n products: %1</source>
        <translation>
            <numerusform>⋯ the one product: %1</numerusform>
            <numerusform>⋯ all %n products: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>encoderscope::ExportDialog</name>
    <message numerus="yes">
        <source>%n file(s) written to %1.</source>
        <translation>
            <numerusform>%n file written to %1.</numerusform>
            <numerusform>%n files written to %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>encoderscope::HeadTableModel</name>
    <message numerus="yes">
        <source>mean over %Ln token(s)</source>
        <translation>
            <numerusform>mean over %Ln token</numerusform>
            <numerusform>mean over %Ln tokens</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>mean over %Ln sentence(s)</source>
        <translation>
            <numerusform>mean over %Ln sentence</numerusform>
            <numerusform>mean over %Ln sentences</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>encoderscope::HubDownload</name>
    <message numerus="yes">
        <source>The Hub has too many requests and asks to come back in %n second(s). Downloading again goes on from there.</source>
        <translation>
            <numerusform>The Hub has too many requests and asks to come back in %n second. Downloading again goes on from there.</numerusform>
            <numerusform>The Hub has too many requests and asks to come back in %n seconds. Downloading again goes on from there.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The Hub has too many requests: waiting %n second(s), as it asks…</source>
        <translation>
            <numerusform>The Hub has too many requests: waiting %n second, as it asks…</numerusform>
            <numerusform>The Hub has too many requests: waiting %n seconds, as it asks…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>encoderscope::SentenceBar</name>
    <message numerus="yes">
        <source>%n output(s) left out</source>
        <translation>
            <numerusform>%n output left out</numerusform>
            <numerusform>%n outputs left out</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>encoderscope::SeriesDialog</name>
    <message numerus="yes">
        <source>%n file(s) written: %1.</source>
        <translation>
            <numerusform>%n file written: %1.</numerusform>
            <numerusform>%n files written: %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>encoderscope::StatusLine</name>
    <message numerus="yes">
        <source>%n token(s)</source>
        <translation>
            <numerusform>%n token</numerusform>
            <numerusform>%n tokens</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n layer(s)</source>
        <translation>
            <numerusform>%n layer</numerusform>
            <numerusform>%n layers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n head(s)</source>
        <translation>
            <numerusform>%n head</numerusform>
            <numerusform>%n heads</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>encoderscope::TrainingPage</name>
    <message numerus="yes">
        <source>%n layer(s)</source>
        <translation>
            <numerusform>%n layer</numerusform>
            <numerusform>%n layers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n head(s)</source>
        <translation>
            <numerusform>%n head</numerusform>
            <numerusform>%n heads</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>encoderscope::WorkedExample</name>
    <message numerus="yes">
        <source>⋯ %n products</source>
        <translation>
            <numerusform>⋯ %n product</numerusform>
            <numerusform>⋯ %n products</numerusform>
        </translation>
    </message>
</context>
</TS>
