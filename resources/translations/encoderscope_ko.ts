<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko_KR" sourcelanguage="en_US">
<context>
    <name>About</name>
    <message>
        <source>About Encoderscope</source>
        <translation>Encoderscope 정보</translation>
    </message>
    <message>
        <source>&lt;h3&gt;Encoderscope %1&lt;/h3&gt;&lt;p&gt;See a Transformer encoder at work on your own sentence: every number that it computes, while you type.&lt;/p&gt;&lt;p&gt;Free software under the GNU General Public License, version 3 or later.&lt;/p&gt;</source>
        <translation>&lt;h3&gt;Encoderscope %1&lt;/h3&gt;&lt;p&gt;직접 쓴 문장을 트랜스포머 인코더가 처리하는 모습을 봅니다. 입력하는 동안 계산되는 모든 값을 보여 줍니다.&lt;/p&gt;&lt;p&gt;GNU 일반 공중 사용 허가서 버전 3 이상을 따르는 자유 소프트웨어입니다.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Token: hover previews, click pins the query, Ctrl+click pins the key, double-click takes it out of attention.</source>
        <translation>토큰: 가리키면 미리 보고, 클릭하면 쿼리로, Ctrl+클릭하면 키로 선택합니다. 두 번 클릭하면 어텐션에서 제외합니다.</translation>
    </message>
    <message>
        <source>Encoder map: click opens the page, a click on a switch switches, a double-click lets only that head or layer run, another one restores.</source>
        <translation>인코더 지도: 클릭하면 페이지를 열고, 스위치를 클릭하면 켜고 끕니다. 두 번 클릭하면 그 헤드나 층만 켜고, 다시 두 번 클릭하면 되돌립니다.</translation>
    </message>
    <message>
        <source>Alt+Left, Alt+Right: tokens. With Shift: key tokens.</source>
        <translation>Alt+왼쪽, Alt+오른쪽: 토큰. Shift와 함께: 키 토큰.</translation>
    </message>
    <message>
        <source>Alt+Up, Alt+Down: layers. With Shift: heads.</source>
        <translation>Alt+위, Alt+아래: 층. Shift와 함께: 헤드.</translation>
    </message>
    <message>
        <source>Every other action and its shortcut stands in the menus.</source>
        <translation>다른 모든 동작과 단축키는 메뉴에 있습니다.</translation>
    </message>
    <message>
        <source>Keyboard and mouse</source>
        <translation>키보드와 마우스</translation>
    </message>
</context>
<context>
    <name>Alignment</name>
    <message>
        <source>Token %1 is to be aligned with token %2 of the reference; expected numbers below %3 and %4, or -1 for one of them.</source>
        <translation>토큰 %1을(를) 기준 실행의 토큰 %2과(와) 짝지으려 했습니다. 번호는 각각 %3, %4보다 작아야 하며, 둘 중 하나는 -1이어도 됩니다.</translation>
    </message>
</context>
<context>
    <name>Attribution</name>
    <message>
        <source>The vocabulary of the model %1 has no mask token to compare with.</source>
        <translation>모델 %1의 어휘에는 기준으로 삼을 마스크 토큰이 없습니다.</translation>
    </message>
    <message>
        <source>There is no piece with the id %1: the vocabulary has %2.</source>
        <translation>ID가 %1인 조각은 없습니다. 어휘의 조각은 %2개입니다.</translation>
    </message>
    <message>
        <source>The reference run is of a model of other sizes: nothing of it fits here.</source>
        <translation>기준 실행의 모델은 크기가 달라서 그 값을 여기에 넣을 수 없습니다.</translation>
    </message>
    <message>
        <source>%1 tokens are aligned with the reference; the input has %2.</source>
        <translation>기준과 짝지은 토큰은 %1개인데 입력의 토큰은 %2개입니다.</translation>
    </message>
    <message>
        <source>Token %1 (&quot;%2&quot;) is aligned with token %3 of the reference, which has %4.</source>
        <translation>토큰 %1(&quot;%2&quot;)이 기준의 토큰 %3과(와) 짝지어져 있지만 기준의 토큰은 %4개입니다.</translation>
    </message>
    <message>
        <source>The model %1 does not say how to make one vector of a sentence.</source>
        <translation>모델 %1에는 문장을 벡터 하나로 만드는 방법이 없습니다.</translation>
    </message>
    <message>
        <source>The vector that the model %1 makes of a sentence is no weighted sum of its tokens: its similarity cannot be explained.</source>
        <translation>모델 %1의 문장 벡터는 토큰의 가중합이 아니어서 유사도를 설명할 수 없습니다.</translation>
    </message>
    <message>
        <source>The sentences&apos; vectors have %1 and %2 numbers: they cannot be compared.</source>
        <translation>두 문장 벡터의 크기가 %1과(와) %2(이)라서 비교할 수 없습니다.</translation>
    </message>
    <message>
        <source>There is no layer %1: the model has %2.</source>
        <translation>%1층은 없습니다. 모델의 층은 %2개입니다.</translation>
    </message>
    <message>
        <source>The classes of the model %1 have scores, not probabilities: only the logit can be explained.</source>
        <translation>모델 %1의 클래스는 확률이 아니라 점수이므로 로짓만 설명할 수 있습니다.</translation>
    </message>
    <message>
        <source>There is no class with the number %1: the model has %2.</source>
        <translation>번호가 %1인 클래스는 없습니다. 모델의 클래스는 %2개입니다.</translation>
    </message>
    <message>
        <source>The vector to compare with has %1 numbers; those of the model %2 have %3.</source>
        <translation>비교할 벡터의 크기는 %1인데 모델 %2의 문장 벡터는 크기가 %3입니다.</translation>
    </message>
    <message>
        <source>There is no neuron %1: a layer has %2.</source>
        <translation>뉴런 %1은(는) 없습니다. 한 층의 뉴런은 %2개입니다.</translation>
    </message>
    <message>
        <source>There is no dimension %1: a hidden state has %2.</source>
        <translation>차원 %1은(는) 없습니다. 은닉 상태는 %2차원입니다.</translation>
    </message>
    <message>
        <source>There is no token %1: the input has tokens 0 to %2.</source>
        <translation>토큰 %1은(는) 없습니다. 입력에는 토큰 0부터 %2까지 있습니다.</translation>
    </message>
    <message>
        <source>The hidden states have %1 numbers here and %2 in the reference: they have no difference.</source>
        <translation>은닉 상태의 수가 여기는 %1개, 기준은 %2개라서 차이를 낼 수 없습니다.</translation>
    </message>
    <message>
        <source>There are %1 lines to fit the lens to; at least %2 were expected, because every tenth is held out.</source>
        <translation>렌즈를 맞출 문장이 %1줄입니다. 열 줄마다 한 줄을 평가용으로 남겨 두므로 적어도 %2줄이 있어야 합니다.</translation>
    </message>
    <message>
        <source>The lens has not been fitted to the model %1: its folder has no %2. encoderscope lens --fit makes one from sentences.</source>
        <translation>모델 %1에 맞춘 렌즈가 없습니다. 모델 폴더에 %2 파일이 없습니다. encoderscope lens --fit으로 문장에서 만들 수 있습니다.</translation>
    </message>
    <message>
        <source>There is no head %1: a layer has %2.</source>
        <translation>헤드 %1이 없습니다. 한 층의 헤드는 %2개입니다.</translation>
    </message>
</context>
<context>
    <name>Command</name>
    <message>
        <source>print a text&apos;s tokens and their ids as JSON</source>
        <translation>텍스트의 토큰과 ID를 JSON으로 출력</translation>
    </message>
    <message>
        <source>Show this help.</source>
        <translation>이 도움말을 보여 줍니다.</translation>
    </message>
    <message>
        <source>write every intermediate of a run as safetensors</source>
        <translation>계산 중의 모든 중간값을 safetensors로 저장</translation>
    </message>
    <message>
        <source>The text, or sentence A of a pair.</source>
        <translation>텍스트, 또는 문장 쌍의 문장 A.</translation>
    </message>
    <message>
        <source>Sentence B of a pair.</source>
        <translation>문장 쌍의 문장 B.</translation>
    </message>
    <message>
        <source>file</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>--%1 is missing.</source>
        <translation>--%1 옵션이 필요합니다.</translation>
    </message>
    <message>
        <source>folder or name</source>
        <translation>폴더 또는 이름</translation>
    </message>
    <message>
        <source>write a figure of a text&apos;s run to a file</source>
        <translation>텍스트를 인코더에 넣어 얻은 그림을 파일로 저장</translation>
    </message>
    <message>
        <source>The text has %1 characters; it was cut after %2, at the %3 tokens that the model takes.</source>
        <translation>텍스트가 %1자입니다. 모델이 받는 토큰 수 %3에 맞추어 %2자까지만 남기고 잘랐습니다.</translation>
    </message>
    <message>
        <source>%1: &quot;%2&quot; is not known; one of %3 was expected.</source>
        <translation>%1: &quot;%2&quot;은(는) 알 수 없습니다. %3 중 하나여야 합니다.</translation>
    </message>
    <message>
        <source>%1: &quot;%2&quot; is not a number from 1.</source>
        <translation>%1: &quot;%2&quot;은(는) 1 이상의 수가 아닙니다.</translation>
    </message>
    <message>
        <source>--off: &quot;%1&quot; is not understood; &quot;2&quot; is layer 2, &quot;2.1&quot; head 1 of layer 2, also &quot;2.attention&quot;, &quot;2.ffn&quot; and &quot;positions&quot;.</source>
        <translation>--off: &quot;%1&quot;을(를) 이해할 수 없습니다. &quot;2&quot;는 2층, &quot;2.1&quot;은 2층의 헤드 1이며, &quot;2.attention&quot;, &quot;2.ffn&quot;, &quot;positions&quot;도 쓸 수 있습니다.</translation>
    </message>
    <message>
        <source>Switches something off; may be repeated. 2: layer 2; 2.1: its head 1; 2.attention, 2.ffn: a sublayer; positions.</source>
        <translation>일부를 끕니다. 여러 번 쓸 수 있습니다. 2: 2층, 2.1: 그 층의 헤드 1, 2.attention과 2.ffn: 부분층, positions: 위치 인코딩.</translation>
    </message>
    <message>
        <source>attention: one file for every head of every layer.</source>
        <translation>attention: 모든 층의 헤드마다 파일 하나씩.</translation>
    </message>
    <message>
        <source>light or dark.</source>
        <translation>밝은 테마 light 또는 어두운 테마 dark.</translation>
    </message>
    <message>
        <source>A title instead of the figure&apos;s own; empty: none.</source>
        <translation>그림의 제목 대신 쓸 제목. 비우면 제목이 없습니다.</translation>
    </message>
    <message>
        <source>No caption below the picture.</source>
        <translation>그림 아래에 설명을 넣지 않습니다.</translation>
    </message>
    <message>
        <source>The labels&apos; language: en or ko.</source>
        <translation>그림에 쓸 언어: en 또는 ko.</translation>
    </message>
    <message>
        <source>--%1 is missing or empty.</source>
        <translation>--%1이(가) 없거나 비어 있습니다.</translation>
    </message>
    <message>
        <source>There is no layer %1: the model has layers 1 to %2.</source>
        <translation>%1층이 없습니다. 모델의 층은 1부터 %2까지입니다.</translation>
    </message>
    <message>
        <source>There is no head %1: a layer of the model has heads 1 to %2.</source>
        <translation>헤드 %1이(가) 없습니다. 모델의 층에는 헤드가 1부터 %2까지 있습니다.</translation>
    </message>
    <message>
        <source>What to show.</source>
        <translation>무엇을 보여 줄지.</translation>
    </message>
    <message>
        <source>Prints one JSON object a line: {&quot;ids&quot;: [...], &quot;pieces&quot;: [...]}, special tokens included, nothing cut. The model&apos;s folder needs no weights.</source>
        <translation>한 줄에 JSON 객체 하나를 출력합니다: {&quot;ids&quot;: [...], &quot;pieces&quot;: [...]}. 특수 토큰을 포함하며 아무것도 자르지 않습니다. 모델 폴더에 가중치가 없어도 됩니다.</translation>
    </message>
    <message>
        <source>The text; without it, each line of standard input (UTF-8).</source>
        <translation>텍스트. 없으면 표준 입력(UTF-8)의 각 줄.</translation>
    </message>
    <message>
        <source>A second sentence, for a pair.</source>
        <translation>쌍을 이룰 두 번째 문장.</translation>
    </message>
    <message>
        <source>--text-b needs --text.</source>
        <translation>--text-b에는 --text가 필요합니다.</translation>
    </message>
    <message>
        <source>train a model on text and save it as a folder</source>
        <translation>텍스트로 모델을 학습시켜 폴더로 저장</translation>
    </message>
    <message>
        <source>Trains an encoder to predict masked words of a text, and saves it as a model&apos;s folder.</source>
        <translation>텍스트의 가린 단어를 맞히도록 인코더를 학습시키고 모델 폴더로 저장합니다.</translation>
    </message>
    <message>
        <source>A text that is only measured with. May be given several times.</source>
        <translation>측정에만 쓰는 텍스트. 여러 번 쓸 수 있습니다.</translation>
    </message>
    <message>
        <source>Without such texts: the share of lines that is held out.</source>
        <translation>그런 텍스트가 없을 때: 측정용으로 떼어 둘 줄의 비율.</translation>
    </message>
    <message>
        <source>The folder to write.</source>
        <translation>저장할 폴더.</translation>
    </message>
    <message>
        <source>Width of the embeddings.</source>
        <translation>임베딩 차원.</translation>
    </message>
    <message>
        <source>Heads of each layer.</source>
        <translation>층마다 둘 헤드 수.</translation>
    </message>
    <message>
        <source>Layers.</source>
        <translation>층 수.</translation>
    </message>
    <message>
        <source>Width of the feed-forward networks.</source>
        <translation>피드포워드 네트워크의 차원.</translation>
    </message>
    <message>
        <source>Most pieces of the vocabulary, which is made from the text.</source>
        <translation>어휘의 최대 조각 수. 어휘는 텍스트로 만듭니다.</translation>
    </message>
    <message>
        <source>Steps to make.</source>
        <translation>학습 단계 수.</translation>
    </message>
    <message>
        <source>Steps in which the learning rate climbs.</source>
        <translation>학습률이 올라가는 단계 수.</translation>
    </message>
    <message>
        <source>Last steps, in which it falls; -1: all after the warm-up.</source>
        <translation>학습률이 내려가는 마지막 단계 수. -1: 올라간 뒤 전부.</translation>
    </message>
    <message>
        <source>Highest learning rate.</source>
        <translation>가장 높은 학습률.</translation>
    </message>
    <message>
        <source>Tokens of a batch.</source>
        <translation>배치의 토큰 수.</translation>
    </message>
    <message>
        <source>Longer lines are cut to this many tokens.</source>
        <translation>더 긴 줄은 이 토큰 수로 자릅니다.</translation>
    </message>
    <message>
        <source>Share of numbers set to zero while training.</source>
        <translation>학습 중 0으로 만드는 값의 비율.</translation>
    </message>
    <message>
        <source>The same seed gives the same model.</source>
        <translation>시드가 같으면 같은 모델이 됩니다.</translation>
    </message>
    <message>
        <source>Threads; 0: one for each core.</source>
        <translation>스레드 수. 0: 코어마다 하나.</translation>
    </message>
    <message>
        <source>Save the weights as float16.</source>
        <translation>가중치를 float16으로 저장합니다.</translation>
    </message>
    <message>
        <source>Write how well held-out text is predicted, and what the heads look at, as JSON.</source>
        <translation>떼어 둔 텍스트를 얼마나 잘 맞히는지와 헤드가 보는 곳을 JSON으로 저장합니다.</translation>
    </message>
    <message>
        <source>Save the training every so many minutes.</source>
        <translation>학습 상태를 저장하는 간격(분).</translation>
    </message>
    <message>
        <source>--%1 must be a whole number from %2 to %3, not “%4”.</source>
        <translation>--%1은(는) %2부터 %3까지의 정수여야 합니다. “%4”은(는) 쓸 수 없습니다.</translation>
    </message>
    <message>
        <source>--%1 must be a number from %2 to %3, not “%4”.</source>
        <translation>--%1은(는) %2부터 %3까지의 수여야 합니다. “%4”은(는) 쓸 수 없습니다.</translation>
    </message>
    <message>
        <source>held-out lines</source>
        <translation>떼어 둔 줄</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1시간 %2분</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1분 %2초</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1초</translation>
    </message>
    <message>
        <source>step %1 of %2 · loss %3 · %4 tokens/s · %5 left</source>
        <translation>%2단계 중 %1 · 손실 %3 · 초당 토큰 %4개 · %5 남음</translation>
    </message>
    <message>
        <source>%1 exists already and holds a training: go on with it by --resume, or name another folder.</source>
        <translation>%1에 진행하던 학습이 이미 있습니다. --resume으로 이어서 하거나 다른 폴더를 지정하세요.</translation>
    </message>
    <message>
        <source>%1 exists already and is not empty: name another folder.</source>
        <translation>%1이(가) 이미 있고 비어 있지 않습니다. 다른 폴더를 지정하세요.</translation>
    </message>
    <message>
        <source>%1: loss %2 (bigram %3, unigram %4), masked words found %5 % (bigram %6 %, unigram %7 %)</source>
        <translation>%1: 손실 %2 (바이그램 %3, 유니그램 %4), 맞힌 가린 단어 %5 % (바이그램 %6 %, 유니그램 %7 %)</translation>
    </message>
    <message>
        <source>--output is missing: the folder to write.</source>
        <translation>--output이 없습니다. 저장할 폴더를 지정하세요.</translation>
    </message>
    <message>
        <source>--text is missing: a text to learn from.</source>
        <translation>--text가 없습니다. 학습할 텍스트를 지정하세요.</translation>
    </message>
    <message>
        <source>%1 holds no training to go on with.</source>
        <translation>%1에는 이어서 할 학습이 없습니다.</translation>
    </message>
    <message>
        <source>The text is no longer what the training in %1 began with.</source>
        <translation>텍스트가 %1의 학습을 시작할 때와 다릅니다.</translation>
    </message>
    <message>
        <source>Stopped at step %1 and saved; --resume goes on.</source>
        <translation>%1단계에서 멈추고 저장했습니다. --resume으로 이어서 할 수 있습니다.</translation>
    </message>
    <message>
        <source>A UTF-8 text to learn from, a sentence or paragraph a line, or two sentences with a tab between them. May be given several times.</source>
        <translation>학습에 쓸 UTF-8 텍스트. 한 줄에 문장이나 문단 하나, 또는 탭으로 나눈 두 문장. 여러 번 줄 수 있습니다.</translation>
    </message>
    <message>
        <source>A UTF-8 file of pieces that the vocabulary must have, one a line.</source>
        <translation>어휘에 반드시 들어갈 조각을 한 줄에 하나씩 적은 UTF-8 파일.</translation>
    </message>
    <message>
        <source>Share of the steps in which all pieces of a word are masked together.</source>
        <translation>한 단어의 조각을 모두 함께 가리는 단계의 비율.</translation>
    </message>
    <message>
        <source>Share of the steps in which special tokens can be attended to.</source>
        <translation>특수 토큰에도 주목할 수 있는 단계의 비율.</translation>
    </message>
    <message>
        <source>Added to the loss, times the mean attention weight on special tokens.</source>
        <translation>특수 토큰에 쏠린 어텐션 가중치의 평균에 곱해 손실에 더하는 값.</translation>
    </message>
    <message>
        <source>Go from short lines to long ones in the first epoch.</source>
        <translation>첫 에포크에서는 짧은 줄부터 긴 줄 순으로 학습합니다.</translation>
    </message>
    <message>
        <source>Go on with the training in the folder; of the other options only --steps, --decay-steps, --threads, --half, --report, --word-text, --against and --save-every count.</source>
        <translation>폴더에 있는 학습을 이어서 합니다. 다른 옵션 중에서는 --steps, --decay-steps, --threads, --half, --report, --word-text, --against, --save-every만 쓰입니다.</translation>
    </message>
    <message>
        <source>Mask each word of this text by itself at the end, and count those that are found. May be given several times.</source>
        <translation>학습이 끝나면 이 텍스트의 단어를 하나씩 가리고 맞힌 수를 셉니다. 여러 번 줄 수 있습니다.</translation>
    </message>
    <message>
        <source>Count them for the model in this folder, too.</source>
        <translation>이 폴더에 있는 모델로도 셉니다.</translation>
    </message>
    <message>
        <source>%1: %2 of %3 masked words found, %4 of %5 pieces; %6 words are [UNK]</source>
        <translation>%1: 가린 단어 %3개 중 %2개, 조각 %5개 중 %4개를 맞힘. [UNK]인 단어 %6개</translation>
    </message>
    <message>
        <source>  bigram</source>
        <translation>  바이그램</translation>
    </message>
    <message>
        <source>  unigram</source>
        <translation>  유니그램</translation>
    </message>
    <message>
        <source>  the other model</source>
        <translation>  다른 모델</translation>
    </message>
    <message>
        <source>The safetensors file to write, - for standard output.</source>
        <translation>저장할 safetensors 파일. -는 표준 출력입니다.</translation>
    </message>
    <message>
        <source>--output -, standard output, needs --format.</source>
        <translation>--output -(표준 출력)에는 --format이 필요합니다.</translation>
    </message>
    <message>
        <source>There is not enough memory for this.</source>
        <translation>메모리가 부족합니다.</translation>
    </message>
    <message>
        <source>A session saved in the window: its text, model and switches. Other options take precedence.</source>
        <translation>창에서 저장한 세션. 그 안의 텍스트, 모델, 스위치를 씁니다. 함께 준 다른 옵션이 우선합니다.</translation>
    </message>
    <message>
        <source>Unexpected argument &quot;%1&quot;; what belongs to an option goes after it.</source>
        <translation>“%1”은(는) 알 수 없는 인자입니다. 옵션의 값은 옵션 바로 뒤에 적어야 합니다.</translation>
    </message>
    <message>
        <source>--output -: a folder is written, which cannot go to standard output.</source>
        <translation>--output -: 폴더를 저장하므로 표준 출력으로 보낼 수 없습니다.</translation>
    </message>
    <message>
        <source>The text has %1 characters; its first %2 were left out, at the %3 tokens that the model takes.</source>
        <translation>텍스트가 %1자입니다. 모델이 받는 토큰 수 %3에 맞추어 앞의 %2자를 뺐습니다.</translation>
    </message>
    <message>
        <source>Without special tokens, weights renormalized.</source>
        <translation>특수 토큰을 빼고 가중치를 다시 정규화합니다.</translation>
    </message>
    <message>
        <source>A token&apos;s number, from 0: it is outlined, as the one that asks.</source>
        <translation>0부터 세는 토큰 번호. 쿼리로서 테두리를 그립니다.</translation>
    </message>
    <message>
        <source>A token&apos;s number, from 0: it is outlined, as the one that is asked.</source>
        <translation>0부터 세는 토큰 번호. 키로서 테두리를 그립니다.</translation>
    </message>
    <message>
        <source>The picture&apos;s width in millimetres; without it, what the labels need.</source>
        <translation>그림의 너비(밀리미터). 없으면 글자에 필요한 만큼.</translation>
    </message>
    <message>
        <source>The picture&apos;s height in millimetres; without it, what the labels need.</source>
        <translation>그림의 높이(밀리미터). 없으면 글자에 필요한 만큼.</translation>
    </message>
    <message>
        <source>The text&apos;s size in points.</source>
        <translation>글자 크기(포인트).</translation>
    </message>
    <message>
        <source>viridis, cividis, magma or greys, which prints without colours.</source>
        <translation>viridis, cividis, magma, 또는 흑백으로 인쇄할 수 있는 greys.</translation>
    </message>
    <message>
        <source>No values in cells and at bars.</source>
        <translation>칸과 막대에 값을 쓰지 않습니다.</translation>
    </message>
    <message>
        <source>A caption instead of the figure&apos;s own.</source>
        <translation>그림의 설명 대신 쓸 설명.</translation>
    </message>
    <message>
        <source>One of %1; without it %2.</source>
        <translation>%1 중 하나. 없으면 %2.</translation>
    </message>
    <message>
        <source>Lists the kinds of figures.</source>
        <translation>그림의 종류를 나열합니다.</translation>
    </message>
    <message>
        <source>With --list: as JSON, with the parameters of each kind.</source>
        <translation>--list와 함께: 종류마다 매개변수를 포함한 JSON으로.</translation>
    </message>
    <message>
        <source>The output could not be written.</source>
        <translation>출력을 쓸 수 없습니다.</translation>
    </message>
    <message>
        <source>Runs the encoder on a text and writes a figure of it to a file: a picture (.png, .svg, .pdf) or the numbers (.csv, .json, .npy).</source>
        <translation>텍스트를 인코더에 넣고 그림 한 장을 파일로 저장합니다. 그림 파일(.png, .svg, .pdf)이나 숫자(.csv, .json, .npy)로 저장할 수 있습니다.</translation>
    </message>
    <message>
        <source>Kinds; figure KIND --help says what each takes:</source>
        <translation>종류(각각의 매개변수는 figure KIND --help):</translation>
    </message>
    <message>
        <source>Layers and heads count from 1, tokens and positions from 0. Exit code 0: the file is complete; 1: failure, no file; 2: wrong arguments.</source>
        <translation>층과 헤드는 1부터, 토큰과 위치는 0부터 셉니다. 종료 코드 0은 파일을 온전히 저장한 것, 1은 실패하여 파일이 없는 것, 2는 인자가 잘못된 것입니다.</translation>
    </message>
    <message>
        <source>%1: there is no token %2: the text has tokens 0 to %3.</source>
        <translation>%1: 토큰 %2번이 없습니다. 텍스트의 토큰은 0번부터 %3번까지입니다.</translation>
    </message>
    <message>
        <source>%1: the text has no &quot;%2&quot;.</source>
        <translation>%1: 텍스트에 “%2”이(가) 없습니다.</translation>
    </message>
    <message>
        <source>A file with the text (UTF-8); - for standard input.</source>
        <translation>텍스트가 든 파일(UTF-8). -는 표준 입력입니다.</translation>
    </message>
    <message>
        <source>The pieces: subword, word or character.</source>
        <translation>토큰 단위: subword(서브워드), word(단어), character(글자).</translation>
    </message>
    <message>
        <source>A token&apos;s number, from 0, or a word: no token attends to it; may be repeated.</source>
        <translation>0부터 세는 토큰 번호 또는 단어: 어떤 토큰도 주목하지 못하게 가립니다. 여러 번 쓸 수 있습니다.</translation>
    </message>
    <message>
        <source>A token&apos;s number, or a word: the model&apos;s mask token stands in its place; may be repeated.</source>
        <translation>토큰 번호 또는 단어: 그 자리에 모델의 마스크 토큰을 놓습니다. 여러 번 쓸 수 있습니다.</translation>
    </message>
    <message>
        <source>Scaled scores are divided by it before the softmax.</source>
        <translation>소프트맥스 전에 스케일한 점수를 이 값으로 나눕니다.</translation>
    </message>
    <message>
        <source>A text that is too long for the model: cut, or refuse.</source>
        <translation>모델에 너무 긴 텍스트: cut(자르기) 또는 refuse(거부).</translation>
    </message>
    <message>
        <source>Say --text or --text-file, not both.</source>
        <translation>--text와 --text-file 중 하나만 쓰세요.</translation>
    </message>
    <message>
        <source>--text is missing or empty.</source>
        <translation>--text가 없거나 비어 있습니다.</translation>
    </message>
    <message>
        <source>--text-b is missing or empty.</source>
        <translation>--text-b가 없거나 비어 있습니다.</translation>
    </message>
    <message>
        <source>The text is longer than the %1 tokens that the model takes.</source>
        <translation>텍스트가 모델이 받는 토큰 %1개보다 깁니다.</translation>
    </message>
    <message>
        <source>--replace: the model has no mask token.</source>
        <translation>--replace: 이 모델에는 마스크 토큰이 없습니다.</translation>
    </message>
    <message>
        <source>%1: &quot;%2&quot; is not a number from %3 to %4.</source>
        <translation>%1: “%2”은(는) %3부터 %4까지의 수가 아닙니다.</translation>
    </message>
    <message>
        <source>There is no token %1: the text has tokens 0 to %2.</source>
        <translation>토큰 %1번이 없습니다. 텍스트의 토큰은 0번부터 %2번까지입니다.</translation>
    </message>
    <message>
        <source>There is no neuron %1: a layer of the model has neurons 0 to %2.</source>
        <translation>뉴런 %1번이 없습니다. 모델의 한 층에는 뉴런이 0번부터 %2번까지 있습니다.</translation>
    </message>
    <message>
        <source>Runs the encoder on a text and writes every intermediate as a safetensors file. n is the number of tokens, &lt;i&gt; the layer, from 1. Among its tensors:
  tokens.ids [n] (I64), tokens.types [n] (I64)
  embedding.output [n x d_model]
  layer.&lt;i&gt;.attention.query, .key, .value, .output [n x d_model]
  layer.&lt;i&gt;.attention.weights [heads x n x n]
  layer.&lt;i&gt;.attention.result: after residual and norm [n x d_model]
  layer.&lt;i&gt;.feed_forward.activation [n x d_ff], layer.&lt;i&gt;.feed_forward.output [n x d_model]
  layer.&lt;i&gt;.output [n x d_model]
  output [n x d_model], and where the model has them pooled [d_model], sentence [d_model], classes.logits [labels], tokens.logits [n x labels], answer.logits [2 x n], replaced.logits [n]</source>
        <translation>텍스트를 인코더에 넣고 모든 중간값을 safetensors 파일로 저장합니다. n은 토큰 수, &lt;i&gt;는 1부터 세는 층입니다. 파일의 텐서 가운데 일부:
  tokens.ids [n] (I64), tokens.types [n] (I64)
  embedding.output [n x d_model]
  layer.&lt;i&gt;.attention.query, .key, .value, .output [n x d_model]
  layer.&lt;i&gt;.attention.weights [heads x n x n]
  layer.&lt;i&gt;.attention.result: 잔차와 정규화를 거친 값 [n x d_model]
  layer.&lt;i&gt;.feed_forward.activation [n x d_ff], layer.&lt;i&gt;.feed_forward.output [n x d_model]
  layer.&lt;i&gt;.output [n x d_model]
  output [n x d_model], 모델에 있으면 pooled [d_model], sentence [d_model], classes.logits [labels], tokens.logits [n x labels], answer.logits [2 x n], replaced.logits [n]</translation>
    </message>
    <message>
        <source>say what each token did for a prediction, with the proof</source>
        <translation>각 토큰이 예측에 얼마나 기여했는지 검증과 함께 출력</translation>
    </message>
    <message>
        <source>switch every part off in turn and say what changes</source>
        <translation>모든 부분을 하나씩 끄고 무엇이 달라지는지 출력</translation>
    </message>
    <message>
        <source>predict words from the hidden state of every layer</source>
        <translation>모든 층의 은닉 상태로 단어를 예측</translation>
    </message>
    <message>
        <source>put parts of another text&apos;s run into this one</source>
        <translation>다른 텍스트의 계산 일부를 이 계산에 넣어 비교</translation>
    </message>
    <message>
        <source>How; may be repeated. Without it: all of them.</source>
        <translation>방법. 여러 번 쓸 수 있으며, 없으면 모든 방법을 씁니다.</translation>
    </message>
    <message>
        <source>Points on the way of integrated gradients.</source>
        <translation>적분 기울기에서 경로를 나누는 점의 개수.</translation>
    </message>
    <message>
        <source>What a word is compared with or replaced by: mask (the mask token), zero or average (of the embedding table).</source>
        <translation>단어와 비교하거나 단어를 대신하는 기준: mask(마스크 토큰), zero(영벡터), average(임베딩 표의 평균).</translation>
    </message>
    <message>
        <source>The proof: deletion and insertion curves of each method and of ten random orders.</source>
        <translation>검증: 각 방법과 무작위 순서 열 가지의 삭제 곡선과 삽입 곡선.</translation>
    </message>
    <message>
        <source>Of the random orders.</source>
        <translation>무작위 순서의 시드.</translation>
    </message>
    <message>
        <source>Instead of methods: the cosine of --text and --text-b as a sum over pairs of their tokens.</source>
        <translation>방법 대신 --text와 --text-b의 코사인을 토큰 쌍의 합으로 나누어 출력합니다.</translation>
    </message>
    <message>
        <source>A piece of the vocabulary.</source>
        <translation>어휘에 있는 조각.</translation>
    </message>
    <message>
        <source>The vocabulary of the model %1 has no piece &quot;%2&quot;.</source>
        <translation>모델 %1의 어휘에는 조각 &quot;%2&quot;이(가) 없습니다.</translation>
    </message>
    <message>
        <source>The reference text. Without it, the same text with everything on.</source>
        <translation>기준 텍스트. 없으면 같은 텍스트를 모두 켠 상태로 씁니다.</translation>
    </message>
    <message>
        <source>hidden, attention, feed-forward or heads.</source>
        <translation>hidden, attention, feed-forward 또는 heads.</translation>
    </message>
    <message>
        <source>3=4: token 3 is token 4 of the reference; 3=-: it has none. May be repeated; the others are aligned by their characters. Tokens count from 0.</source>
        <translation>3=4: 토큰 3은 기준의 토큰 4에 해당합니다. 3=-: 짝이 없습니다. 여러 번 쓸 수 있고, 나머지는 글자로 맞춥니다. 토큰은 0부터 셉니다.</translation>
    </message>
    <message>
        <source>Runs the encoder on a reference too, puts the output of one block of that run into this one, and says how much of the target&apos;s difference comes back: 0 nothing, 1 all of it. The reference is another text, or the same one without what is off here.

Blocks: hidden (hidden state after a layer), attention, feed-forward (a sublayer&apos;s output before the residual), each one token at a time; heads, one head at a time.

CSV: a line for each layer; NPY: [layers x tokens] or [layers x heads].</source>
        <translation>기준 텍스트도 인코더로 실행한 뒤 그 실행의 블록 하나의 출력을 이 실행에 넣고, 목표값의 차이가 얼마나 돌아오는지 알려 줍니다. 0은 전혀 아님, 1은 전부입니다. 기준은 다른 텍스트이거나, 여기서 끈 것을 모두 켠 같은 텍스트입니다.

블록: hidden(층을 지난 은닉 상태), attention, feed-forward(잔차를 더하기 전 부분층의 출력)는 토큰을 하나씩, heads는 헤드를 하나씩 바꿉니다.

CSV: 층마다 한 줄. NPY: [층 x 토큰] 또는 [층 x 헤드].</translation>
    </message>
    <message>
        <source>--align: &quot;%1&quot; is not of the form 3=4.</source>
        <translation>--align: &quot;%1&quot;은(는) 3=4와 같은 형식이 아닙니다.</translation>
    </message>
    <message>
        <source>Token %1, where the target stands, has none to match it in the reference; --align %1=n names one.</source>
        <translation>대상이 있는 토큰 %1은(는) 기준에 짝이 없습니다. --align %1=n으로 정할 수 있습니다.</translation>
    </message>
    <message>
        <source>Switches each head, attention and FFN sublayer, layer, token (as a key) and the positions off in turn and says how a number of the encoder&apos;s run changes: the number without the part, minus the number. &quot;importance&quot; is what the gradient says of each head.

CSV: a line for each part, layers and heads from 1, keys from 0; NPY: the heads [layers x heads].</source>
        <translation>헤드, 어텐션과 FFN 부분층, 층, (키로서의) 토큰, 위치 인코딩을 차례로 하나씩 끄고 인코더 실행의 어떤 값이 어떻게 바뀌는지 알려 줍니다. 그 부분이 없을 때의 값에서 원래 값을 뺀 것입니다. &quot;importance&quot;는 기울기로 본 각 헤드의 중요도입니다.

CSV: 부분마다 한 줄(층과 헤드는 1부터, 키는 0부터). NPY: 헤드 [층 x 헤드].</translation>
    </message>
    <message>
        <source>The file to write; - or nothing: standard output.</source>
        <translation>저장할 파일. -이거나 없으면 표준 출력.</translation>
    </message>
    <message>
        <source>json, csv or npy; without it, by the file&apos;s name, or json.</source>
        <translation>json, csv 또는 npy. 없으면 파일 이름을 따르고, 그것도 아니면 json입니다.</translation>
    </message>
    <message>
        <source>%1: &quot;%2&quot; is not a whole number from %3 to %4.</source>
        <translation>%1: &quot;%2&quot;은(는) %3부터 %4까지의 정수가 아닙니다.</translation>
    </message>
    <message>
        <source>%1: &quot;%2&quot; is not a number from %3.</source>
        <translation>%1: &quot;%2&quot;은(는) %3 이상의 수가 아닙니다.</translation>
    </message>
    <message>
        <source>--target: the text has no mask token.</source>
        <translation>--target: 텍스트에 마스크 토큰이 없습니다.</translation>
    </message>
    <message>
        <source>--target: &quot;%1&quot; is not understood; word:TOKEN:PIECE, class:LABEL, similarity, neuron:LAYER:NEURON:TOKEN or hidden:LAYER:TOKEN[:DIMENSION] was expected.</source>
        <translation>--target: &quot;%1&quot;을(를) 이해할 수 없습니다. word:TOKEN:PIECE, class:LABEL, similarity, neuron:LAYER:NEURON:TOKEN 또는 hidden:LAYER:TOKEN[:DIMENSION]이어야 합니다.</translation>
    </message>
    <message>
        <source>The number to explain. word:TOKEN:PIECE (TOKEN: a number from 0, a word of the text, or mask; PIECE may be best), class:LABEL, similarity (of --text and --text-b), neuron:LAYER:NEURON:TOKEN, hidden:LAYER:TOKEN:DIMENSION, or without the dimension its length. Without it: the likeliest word at the mask token, the similarity, the likeliest class, or the likeliest word at the first token of the text.</source>
        <translation>설명할 값. word:TOKEN:PIECE(TOKEN은 0부터 센 번호, 텍스트 속의 단어 또는 mask, PIECE에는 best도 됨), class:LABEL, similarity(--text와 --text-b의 유사도), neuron:LAYER:NEURON:TOKEN, hidden:LAYER:TOKEN:DIMENSION, 차원을 빼면 그 길이. 없으면 마스크 토큰 자리의 가장 그럴듯한 단어, 유사도, 가장 그럴듯한 클래스, 텍스트의 첫 토큰 자리의 가장 그럴듯한 단어 순으로 고릅니다.</translation>
    </message>
    <message>
        <source>Of words and classes: logit, log-probability or probability.</source>
        <translation>단어와 클래스에서 logit, log-probability 또는 probability.</translation>
    </message>
    <message>
        <source>Another piece or class, whose measure is subtracted.</source>
        <translation>값을 뺄 다른 조각이나 클래스.</translation>
    </message>
    <message>
        <source>--measure and --contrast go with --target.</source>
        <translation>--measure와 --contrast는 --target과 함께 씁니다.</translation>
    </message>
    <message>
        <source>Another text to compare with; what is not named is as in this run, switches too.</source>
        <translation>비교할 다른 텍스트. 지정하지 않은 것은 스위치까지 이 실행과 같습니다.</translation>
    </message>
    <message>
        <source>Sentence B of the text to compare with.</source>
        <translation>비교할 텍스트의 문장 B.</translation>
    </message>
    <message>
        <source>Another model to compare with.</source>
        <translation>비교할 다른 모델.</translation>
    </message>
    <message>
        <source>A session saved in the window: its text, model and switches are compared with. The other options of the reference take precedence.</source>
        <translation>창에서 저장한 세션. 그 텍스트, 모델, 스위치와 비교합니다. 기준에 관한 다른 옵션이 우선합니다.</translation>
    </message>
    <message>
        <source>--reference-text is missing or empty.</source>
        <translation>--reference-text가 없거나 비어 있습니다.</translation>
    </message>
    <message>
        <source>--reference-text-b is missing or empty.</source>
        <translation>--reference-text-b가 없거나 비어 있습니다.</translation>
    </message>
    <message>
        <source>A run that was written to a file, by the command trace or from another program, instead of running a model.</source>
        <translation>모델을 실행하는 대신, trace 명령이나 다른 프로그램이 파일에 기록한 실행.</translation>
    </message>
    <message>
        <source>--trace is a run that was made already: --%1 cannot change it.</source>
        <translation>--trace는 이미 끝난 실행이므로 --%1(으)로 바꿀 수 없습니다.</translation>
    </message>
    <message>
        <source>The session shows the recorded run %1: give it to &quot;figure&quot; by --trace.</source>
        <translation>이 세션은 기록된 실행 %1을(를) 보여 줍니다. &quot;figure&quot;에 --trace로 지정하세요.</translation>
    </message>
    <message>
        <source>The session&apos;s model “%1” was trained in the window and never saved; name one with %2.</source>
        <translation>세션의 모델 “%1”은(는) 창에서 학습한 뒤 저장하지 않았습니다. %2(으)로 다른 모델을 지정하세요.</translation>
    </message>
    <message>
        <source>write the pictures of a lesson&apos;s steps, as files or animated</source>
        <translation>수업 단계의 그림을 파일이나 애니메이션으로 저장합니다</translation>
    </message>
    <message>
        <source>--over %1 needs values: %1=0:100:10.</source>
        <translation>--over %1에는 값이 필요합니다: %1=0:100:10.</translation>
    </message>
    <message>
        <source>%1: at most %2 pictures are made.</source>
        <translation>%1: 그림은 최대 %2장까지 만듭니다.</translation>
    </message>
    <message>
        <source>The file of the animation, or the folder of the numbered pictures, to write.</source>
        <translation>애니메이션을 쓸 파일, 또는 번호를 매긴 그림을 쓸 폴더.</translation>
    </message>
    <message>
        <source>Lists the chapters of the course.</source>
        <translation>과정의 장을 나열합니다.</translation>
    </message>
    <message>
        <source>Only these steps, from 1: 4, or 4-6.</source>
        <translation>이 단계만(1부터 셉니다): 4 또는 4-6.</translation>
    </message>
    <message>
        <source>webp: how long each picture stands.</source>
        <translation>webp: 그림 한 장을 보여 주는 시간.</translation>
    </message>
    <message>
        <source>Writes the picture of each step of a lesson, on your own sentence: as numbered files, or as one animated webp.</source>
        <translation>수업의 각 단계에 나오는 그림을 입력한 문장으로 만들어, 번호를 매긴 파일이나 애니메이션 webp 하나로 저장합니다.</translation>
    </message>
    <message>
        <source>A chapter of the course, or a lesson&apos;s file.</source>
        <translation>과정의 장 또는 수업 파일.</translation>
    </message>
    <message>
        <source>One lesson was expected; --list says which there are.</source>
        <translation>수업을 하나 지정해야 합니다. 어떤 수업이 있는지는 --list로 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>Step %1 shows no figure: it has no picture.</source>
        <translation>%1단계에는 보여 줄 그림이 없어 건너뜁니다.</translation>
    </message>
    <message>
        <source>None of the steps shows a figure.</source>
        <translation>그림이 나오는 단계가 없습니다.</translation>
    </message>
    <message>
        <source>The file to write, - for standard output; with --all-heads, and with --over unless it is webp, a folder.</source>
        <translation>쓸 파일. 표준 출력은 -. --all-heads를 쓰거나, webp가 아닌 형식으로 --over를 쓰면 폴더.</translation>
    </message>
    <message>
        <source>One picture after the other, as numbered files or as one animated webp, for every value of an option of this kind: layer, head, query, or NAME=FIRST:LAST:STEP.</source>
        <translation>이 그림의 옵션 하나(layer, head, query 또는 이름=처음:끝:간격)의 값마다 그림을 한 장씩 만들어, 번호를 매긴 파일이나 애니메이션 webp 하나로 저장합니다.</translation>
    </message>
    <message>
        <source>webp with --over: how long each picture stands.</source>
        <translation>--over로 만드는 webp: 그림 한 장을 보여 주는 시간.</translation>
    </message>
    <message>
        <source>svg, pdf, png, webp, csv, json or npy; without it, by the file&apos;s name.</source>
        <translation>svg, pdf, png, webp, csv, json, npy. 없으면 파일 이름에 따릅니다.</translation>
    </message>
    <message>
        <source>png, webp: dots an inch.</source>
        <translation>png, webp: 인치당 점 수.</translation>
    </message>
    <message>
        <source>png, webp: pixels for each 1/96 inch, instead of --dpi.</source>
        <translation>png, webp: --dpi 대신 1/96인치당 픽셀 수.</translation>
    </message>
    <message>
        <source>say what heads and neurons do over thousands of sentences</source>
        <translation>수천 개 문장에서 헤드와 뉴런이 하는 일을 알려 줍니다</translation>
    </message>
    <message>
        <source>With something off or changed, or with a reference: now, before (the same as reference), difference or side-by-side; without it now, with a reference difference.</source>
        <translation>무언가를 끄거나 바꾸었거나 기준이 있을 때: now(현재), before(reference와 같음, 기준), difference(차이), side-by-side(나란히). 없으면 now, 기준이 있으면 difference.</translation>
    </message>
    <message>
        <source>Activation of the feed-forward networks: relu, gelu, gelu-tanh, silu, quick-gelu, mish, relu-squared, or identity for none.</source>
        <translation>피드포워드 네트워크의 활성화 함수: relu, gelu, gelu-tanh, silu, quick-gelu, mish, relu-squared, 없애려면 identity.</translation>
    </message>
    <message>
        <source>Another activation in every FFN: relu, gelu, gelu-tanh, silu, quick-gelu, mish, relu-squared, or identity for none.</source>
        <translation>모든 FFN의 활성화 함수를 바꿉니다: relu, gelu, gelu-tanh, silu, quick-gelu, mish, relu-squared, 없애려면 identity.</translation>
    </message>
    <message>
        <source>Each line of --text-file is a text of its own, or each row of its column text (.csv, .tsv, .jsonl). {line} in --output becomes its number; JSON without it: one result a line.</source>
        <translation>--text-file의 줄마다 따로 한 텍스트로 봅니다. .csv, .tsv, .jsonl에서는 열이나 필드 text를 씁니다. --output의 {line}에는 줄 번호가 들어가고, {line}이 없는 JSON은 결과를 한 줄에 하나씩 씁니다.</translation>
    </message>
    <message>
        <source>--each-line goes with --text-file.</source>
        <translation>--each-line은 --text-file과 함께 씁니다.</translation>
    </message>
    <message>
        <source>%1, line %2: %3</source>
        <translation>%1, %2번째 줄: %3</translation>
    </message>
    <message>
        <source>--each-line makes many files: --output needs {line} where their numbers go, as in out-{line}.svg.</source>
        <translation>--each-line은 파일을 여러 개 만듭니다. out-{line}.svg처럼 --output에 번호가 들어갈 자리 {line}이 있어야 합니다.</translation>
    </message>
    <message>
        <source>The same over pairs of input tokens, by integrated Jacobians: with --baseline and --steps.</source>
        <translation>같은 것을 입력 토큰의 짝으로 나눕니다(적분 야코비안). --baseline과 --steps를 함께 씁니다.</translation>
    </message>
    <message>
        <source>Says what each token did for a number of the encoder&apos;s run: a score for each token and method.

Methods:
  gradient              length of the gradient by the token&apos;s embedding
  gradient-x-input      that gradient times the embedding
  integrated-gradients  the gradient averaged on the way from a baseline, times the way
  occlusion             the change when the token becomes the baseline
  key-mask              the change when nothing attends to the token
  deletion              the change when the text is run without the token
  rollout               attention rolled out over the layers
  norm, residual, globenc, alti  the same of the values&apos; norms, with residual and norms

CSV: a line for each token; NPY: [tokens x methods], or with --pairs or --input-pairs [tokens of A x tokens of B].</source>
        <translation>인코더 실행에서 나온 한 수에 각 토큰이 얼마나 기여했는지 토큰과 방법마다 점수로 출력합니다.

방법:
  gradient              토큰 임베딩에 대한 기울기의 길이
  gradient-x-input      그 기울기와 임베딩의 곱
  integrated-gradients  기준에서 입력까지의 경로에서 평균한 기울기와 경로의 곱
  occlusion             토큰을 기준으로 바꾸었을 때의 변화
  key-mask              아무 토큰도 그 토큰에 어텐션하지 않을 때의 변화
  deletion              그 토큰 없이 텍스트를 실행했을 때의 변화
  rollout               여러 층에 걸쳐 이어 곱한 어텐션
  norm, residual, globenc, alti  값의 노름으로 같은 계산(잔차와 정규화 포함)

CSV는 토큰마다 한 줄, NPY는 [토큰 x 방법], --pairs나 --input-pairs를 쓰면 [A의 토큰 x B의 토큰]입니다.</translation>
    </message>
    <message>
        <source>--%1 goes with the target similarity.</source>
        <translation>--%1은(는) 목표가 similarity일 때 씁니다.</translation>
    </message>
    <message>
        <source>Multiplies a head&apos;s output or a neuron; may be repeated. 2.1=0.5: half of head 1 of layer 2; 2.n17=3: three times its neuron 17.</source>
        <translation>헤드의 출력이나 뉴런에 배율을 곱합니다. 여러 번 쓸 수 있습니다. 2.1=0.5: 2층 헤드 1의 절반, 2.n17=3: 2층 뉴런 17의 세 배.</translation>
    </message>
    <message>
        <source>2=1.5: adds 1.5 times the way from --steer-from to --steer-to to every token&apos;s hidden state after layer 2. The way is the difference of the mean hidden states there.</source>
        <translation>2=1.5: --steer-from에서 --steer-to로 가는 방향의 1.5배를 2층 뒤 모든 토큰의 은닉 상태에 더합니다. 방향은 그 층에서 두 텍스트의 평균 은닉 상태의 차이입니다.</translation>
    </message>
    <message>
        <source>The text to steer to; without it --text.</source>
        <translation>향할 텍스트. 없으면 --text.</translation>
    </message>
    <message>
        <source>The text to steer away from.</source>
        <translation>벗어날 텍스트.</translation>
    </message>
    <message>
        <source>--steer is missing: a layer and a factor, as in 2=1.5.</source>
        <translation>--steer가 없습니다. 2=1.5처럼 층과 배율을 적으세요.</translation>
    </message>
    <message>
        <source>--steer: &quot;%1&quot; is not understood; &quot;2=1.5&quot; adds 1.5 times the difference after layer 2.</source>
        <translation>--steer: &quot;%1&quot;을(를) 이해할 수 없습니다. &quot;2=1.5&quot;는 차이의 1.5배를 2층 뒤에 더합니다.</translation>
    </message>
    <message>
        <source>--steer-from is missing or empty.</source>
        <translation>--steer-from이 없거나 비었습니다.</translation>
    </message>
    <message>
        <source>--factor: &quot;%1&quot; is not understood; &quot;2.1=0.5&quot; is half of head 1 of layer 2, &quot;2.n17=3&quot; three times its neuron 17.</source>
        <translation>--factor: &quot;%1&quot;을(를) 이해할 수 없습니다. &quot;2.1=0.5&quot;는 2층 헤드 1의 절반, &quot;2.n17=3&quot;은 2층 뉴런 17의 세 배입니다.</translation>
    </message>
    <message>
        <source>The model: a folder, the name of a model in the local Hugging Face cache, or untrained:modernbert or untrained:deberta, which have learned nothing. Without it, the default model.</source>
        <translation>모델: 폴더, 로컬 Hugging Face 캐시에 있는 모델의 이름, 또는 학습하지 않은 모델 untrained:modernbert나 untrained:deberta. 없으면 기본 모델을 씁니다.</translation>
    </message>
    <message>
        <source>A run that was written to a file, by the command trace or from another program, to compare with.</source>
        <translation>명령 trace나 다른 프로그램이 파일로 기록한 실행을 비교 대상으로 삼습니다.</translation>
    </message>
    <message>
        <source>--%1 is a run that was made already: --%2 cannot change it.</source>
        <translation>--%1은(는) 이미 끝난 실행이므로 --%2(으)로 바꿀 수 없습니다.</translation>
    </message>
    <message>
        <source>--trace has no model to run another text: name one with --reference-model.</source>
        <translation>--trace에는 다른 텍스트를 실행할 모델이 없습니다. --reference-model로 모델을 지정하세요.</translation>
    </message>
    <message>
        <source>Puts the masked-word head on the hidden state of every layer: the likeliest piece of each token there, and the probability of a piece (--piece). The head was only trained for the last layer: what it says of early ones is a reading, not a prediction. Layer 0 is the embedding.

With --fitted each layer is first mapped to the last one: for the default model, and for models with a lens.safetensors in their folder. --fit makes such a file from sentences, and says how much nearer it brings each layer on lines that were held out.

CSV: a line for each layer and token; NPY: probabilities [layers + 1 x tokens], of the piece or of the likeliest. With --fit: a line for each layer; NPY: [layers x 4].</source>
        <translation>모든 층의 은닉 상태에 가린 단어 예측 헤드를 적용해 토큰마다 가장 그럴듯한 조각과, --piece로 정한 조각의 확률을 출력합니다. 이 헤드는 마지막 층으로만 학습되었으므로 앞쪽 층의 결과는 예측이 아니라 읽어 보는 값입니다. 0층은 임베딩입니다.

--fitted를 쓰면 각 층을 먼저 마지막 층으로 옮긴 뒤 읽습니다. 기본 모델과, 폴더에 lens.safetensors가 있는 모델에 쓸 수 있습니다. --fit은 문장에서 그런 파일을 만들고, 남겨 둔 줄에서 각 층이 얼마나 가까워졌는지 알려 줍니다.

CSV: 층과 토큰마다 한 줄. NPY: 조각 또는 가장 그럴듯한 조각의 확률 [층 수 + 1 x 토큰]. --fit일 때는 층마다 한 줄, NPY는 [층 수 x 4].</translation>
    </message>
    <message>
        <source>Reads every layer through the maps that were fitted to the model.</source>
        <translation>모델에 맞춰 둔 사상을 거쳐 모든 층을 읽습니다.</translation>
    </message>
    <message>
        <source>Instead: fits the maps to the lines of a text file; may be repeated.</source>
        <translation>대신 텍스트 파일의 줄들에 사상을 맞춥니다. 여러 번 쓸 수 있습니다.</translation>
    </message>
    <message>
        <source>The file of maps that --fit writes; lens.safetensors in the model&apos;s folder is the one that is read.</source>
        <translation>--fit이 사상을 저장할 파일입니다. 읽을 때는 모델 폴더의 lens.safetensors를 씁니다.</translation>
    </message>
    <message>
        <source>--fit does not go with --%1.</source>
        <translation>--fit과 --%1 옵션은 함께 쓸 수 없습니다.</translation>
    </message>
</context>
<context>
    <name>Comparison</name>
    <message>
        <source>There is no difference: a token has %1 numbers here and %2 in the reference, and none of them stands for one of the others.</source>
        <translation>차이를 낼 수 없습니다. 토큰마다 값이 여기서는 %1개, 기준에서는 %2개이고, 서로 대응하지 않습니다.</translation>
    </message>
    <message>
        <source>There is no difference: a layer has %1 heads here and %2 in the reference, and none of them stands for one of the others.</source>
        <translation>차이를 낼 수 없습니다. 층마다 헤드가 여기서는 %1개, 기준에서는 %2개이고, 서로 대응하지 않습니다.</translation>
    </message>
    <message>
        <source>%1 layers, d_model %2, %3 heads, d_ff %4</source>
        <translation>층 %1개, d_model %2, 헤드 %3개, d_ff %4</translation>
    </message>
    <message>
        <source>The weights of models of other sizes cannot be compared: %1 here; %2 in the reference.</source>
        <translation>크기가 다른 모델의 가중치는 비교할 수 없습니다. 여기: %1. 기준: %2.</translation>
    </message>
</context>
<context>
    <name>Corpus</name>
    <message>
        <source>run a model on sentences and keep what comes of it</source>
        <translation>문장마다 모델을 실행하고 결과를 저장합니다</translation>
    </message>
    <message>
        <source>put corpora together that were made apart</source>
        <translation>따로 만든 말뭉치를 하나로 합칩니다</translation>
    </message>
    <message>
        <source>say what is in a corpus</source>
        <translation>말뭉치에 무엇이 들어 있는지 알려 줍니다</translation>
    </message>
    <message>
        <source>What a model does over many sentences, kept in an SQLite database. --help after one of these lists its options.</source>
        <translation>모델이 많은 문장에서 하는 일을 SQLite 데이터베이스에 모아 둡니다. 아래 명령 뒤에 --help를 붙이면 그 옵션이 나옵니다.</translation>
    </message>
    <message>
        <source>A file of sentences, UTF-8; - for standard input. May be given several times.</source>
        <translation>문장이 담긴 UTF-8 파일. -는 표준 입력입니다. 여러 번 지정할 수 있습니다.</translation>
    </message>
    <message>
        <source>file</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>The corpus; it is made, or added to.</source>
        <translation>말뭉치 파일. 없으면 만들고, 있으면 덧붙입니다.</translation>
    </message>
    <message>
        <source>text, csv, tsv or jsonl; without it, by the file&apos;s name: text for all that end in none of these.</source>
        <translation>text, csv, tsv, jsonl 중 하나. 지정하지 않으면 파일 이름을 보고 정하며, 그 밖의 이름은 모두 text로 봅니다.</translation>
    </message>
    <message>
        <source>format</source>
        <translation>형식</translation>
    </message>
    <message>
        <source>The column or the field with the sentence; without it, &quot;text&quot;, or the only column.</source>
        <translation>문장이 들어 있는 열이나 필드. 지정하지 않으면 “text”, 또는 하나뿐인 열입니다.</translation>
    </message>
    <message>
        <source>name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>What the corpus calls the file; without it, as --text says.</source>
        <translation>말뭉치에 기록할 파일 이름. 지정하지 않으면 --text에 쓴 그대로입니다.</translation>
    </message>
    <message>
        <source>3/16: the third of sixteen parts of the work, for a machine of its own; corpus merge puts them together.</source>
        <translation>3/16: 작업을 열여섯으로 나눈 것 가운데 셋째 몫. 컴퓨터마다 한 몫씩 맡기고 corpus merge로 합칩니다.</translation>
    </message>
    <message>
        <source>Tokens of a sentence, special ones included; without it, those that the model takes, or 512.</source>
        <translation>문장 하나의 최대 토큰 수(특수 토큰 포함). 지정하지 않으면 모델이 받는 만큼, 제한이 없으면 512개입니다.</translation>
    </message>
    <message>
        <source>number</source>
        <translation>수</translation>
    </message>
    <message>
        <source>A sentence of more tokens: cut, or refuse.</source>
        <translation>토큰이 더 많은 문장: cut(자르기) 또는 refuse(거부).</translation>
    </message>
    <message>
        <source>what</source>
        <translation>처리</translation>
    </message>
    <message>
        <source>Sentences that are kept for each neuron and head, those in which it is strongest.</source>
        <translation>뉴런과 헤드마다 가장 강하게 반응한 문장을 몇 개까지 남길지 정합니다.</translation>
    </message>
    <message>
        <source>A line that is no sentence: refuse, or skip.</source>
        <translation>문장이 아닌 줄: refuse(거부) 또는 skip(건너뛰기).</translation>
    </message>
    <message>
        <source>%1 sentences · %2 sentences/s</source>
        <translation>문장 %1개 · 초당 %2개</translation>
    </message>
    <message>
        <source>%1 % · %2 left</source>
        <translation>%1 % · %2 남음</translation>
    </message>
    <message>
        <source>added: %1</source>
        <translation>추가: %1</translation>
    </message>
    <message>
        <source>already there: %1</source>
        <translation>이미 있음: %1</translation>
    </message>
    <message>
        <source>cut: %1</source>
        <translation>잘림: %1</translation>
    </message>
    <message>
        <source>without statistics, because numbers of their runs are not finite: %1</source>
        <translation>유한하지 않은 값이 나와 통계 없음: %1</translation>
    </message>
    <message>
        <source>bad lines skipped: %1</source>
        <translation>건너뛴 잘못된 줄: %1</translation>
    </message>
    <message>
        <source>--%1 -: a corpus is a database, which cannot go to standard output.</source>
        <translation>--%1 -: 말뭉치는 데이터베이스이므로 표준 출력으로 내보낼 수 없습니다.</translation>
    </message>
    <message>
        <source>--text is missing: a file of sentences.</source>
        <translation>--text가 빠졌습니다: 문장이 담긴 파일을 지정하십시오.</translation>
    </message>
    <message>
        <source>Runs the model on every sentence of the files and keeps in an SQLite database what each head did, where each neuron and head is strongest, tokens, predictions and sentence vectors. Stopped at any time, the same command goes on where it was.</source>
        <translation>파일의 모든 문장에 모델을 실행하고, 헤드마다 한 일, 뉴런과 헤드가 가장 강한 곳, 토큰, 예측, 문장 벡터를 SQLite 데이터베이스에 저장합니다. 언제 멈추더라도 같은 명령을 다시 내리면 이어서 합니다.</translation>
    </message>
    <message>
        <source>Stopped; the same command goes on.</source>
        <translation>멈췄습니다. 같은 명령을 다시 내리면 이어서 합니다.</translation>
    </message>
    <message>
        <source>Puts corpora together that were made apart, such as the shards of one: the result is what one run would have given.</source>
        <translation>몫을 나누어 만든 것처럼 따로 만든 말뭉치를 하나로 합칩니다. 결과는 한 번에 만든 것과 같습니다.</translation>
    </message>
    <message>
        <source>The corpora.</source>
        <translation>합칠 말뭉치들.</translation>
    </message>
    <message>
        <source>Say which corpora to merge.</source>
        <translation>합칠 말뭉치를 지정하십시오.</translation>
    </message>
    <message>
        <source>%1 cannot be merged into itself.</source>
        <translation>%1을(를) 자기 자신에 합칠 수는 없습니다.</translation>
    </message>
    <message>
        <source>What each head does: each measure&apos;s mean and deviation.</source>
        <translation>헤드마다 하는 일: 각 지표의 평균과 표준편차.</translation>
    </message>
    <message>
        <source>2.1: where head 1 of layer 2 is strongest, a query and a key, in context.</source>
        <translation>2.1: 2층 1번 헤드의 가중치가 가장 큰 쿼리와 키를 문맥과 함께 보여 줍니다.</translation>
    </message>
    <message>
        <source>2.17: where neuron 17, counted from 0, of layer 2 is strongest, in context.</source>
        <translation>2.17: 2층 17번(0부터 셈) 뉴런이 가장 강한 곳을 문맥과 함께 보여 줍니다.</translation>
    </message>
    <message>
        <source>Sentences with words that begin like each of these.</source>
        <translation>이 낱말들로 시작하는 단어가 모두 들어 있는 문장.</translation>
    </message>
    <message>
        <source>words</source>
        <translation>낱말</translation>
    </message>
    <message>
        <source>How often each piece of the vocabulary comes.</source>
        <translation>어휘의 조각마다 나온 횟수.</translation>
    </message>
    <message>
        <source>Everything that is kept of one sentence, by its number.</source>
        <translation>번호로 지정한 문장 하나에 대해 저장된 모든 것.</translation>
    </message>
    <message>
        <source>%1: &quot;%2&quot; is not understood; expected a layer, a dot and a number, as in 2.1.</source>
        <translation>%1: “%2”을(를) 이해할 수 없습니다. 2.1처럼 층, 점, 번호여야 합니다.</translation>
    </message>
    <message>
        <source>--sentence: &quot;%1&quot; is not a sentence&apos;s number, as --search says it.</source>
        <translation>--sentence: “%1”은(는) 문장 번호가 아닙니다. 번호는 --search가 알려 줍니다.</translation>
    </message>
    <message>
        <source>The corpus.</source>
        <translation>말뭉치.</translation>
    </message>
    <message>
        <source>Say one corpus to ask.</source>
        <translation>물어볼 말뭉치를 하나 지정하십시오.</translation>
    </message>
    <message>
        <source>Ask one thing at a time: %1.</source>
        <translation>한 번에 하나만 물을 수 있습니다: %1.</translation>
    </message>
    <message>
        <source>%1, line %2: this is not the sentence that was added, &quot;%3&quot;. A changed file needs another name (--name).</source>
        <translation>%1, %2번째 줄: 전에 추가한 문장 “%3”이(가) 아닙니다. 내용이 바뀐 파일에는 다른 이름을 주십시오(--name).</translation>
    </message>
    <message>
        <source>%1, line %2: it has more than %3 tokens.</source>
        <translation>%1, %2번째 줄: 토큰이 %3개보다 많습니다.</translation>
    </message>
    <message>
        <source>There is no corpus %1.</source>
        <translation>말뭉치 %1이(가) 없습니다.</translation>
    </message>
    <message>
        <source>%1 was made with another model, %2 (%3); this one is %4 (%5).</source>
        <translation>%1은(는) 다른 모델 %2 (%3)(으)로 만들었습니다. 지금 모델은 %4 (%5)입니다.</translation>
    </message>
    <message>
        <source>%1 is damaged: %2.</source>
        <translation>%1이(가) 손상되었습니다: %2.</translation>
    </message>
    <message>
        <source>it has the model&apos;s hash, but other sizes</source>
        <translation>모델의 해시는 같은데 크기가 다릅니다</translation>
    </message>
    <message>
        <source>%1: its sentences were cut to %2 tokens, not to %3 (--max-tokens).</source>
        <translation>%1: 문장을 토큰 %3개가 아니라 %2개에서 잘랐습니다(--max-tokens).</translation>
    </message>
    <message>
        <source>%1 keeps %2 examples of each neuron and head, not %3 (--examples).</source>
        <translation>%1은(는) 뉴런과 헤드마다 예문을 %3개가 아니라 %2개씩 남깁니다(--examples).</translation>
    </message>
    <message>
        <source>%1 is no file.</source>
        <translation>%1은(는) 파일이 아닙니다.</translation>
    </message>
    <message>
        <source>There is no folder %1.</source>
        <translation>폴더 %1이(가) 없습니다.</translation>
    </message>
    <message>
        <source>%1 is being written by another program: %2, process %3 on %4.</source>
        <translation>다른 프로그램이 %1에 쓰고 있습니다: %2, %4의 프로세스 %3.</translation>
    </message>
    <message>
        <source>%1 cannot be written: no file can be made beside it.</source>
        <translation>%1에 쓸 수 없습니다: 같은 폴더에 파일을 만들 수 없습니다.</translation>
    </message>
    <message>
        <source>Qt&apos;s plugin for SQLite is not installed (Debian: libqt6sql6-sqlite).</source>
        <translation>Qt의 SQLite 플러그인이 설치되어 있지 않습니다(데비안: libqt6sql6-sqlite).</translation>
    </message>
    <message>
        <source>%1 is a database, but no corpus of this program.</source>
        <translation>%1은(는) 데이터베이스이지만 이 프로그램의 말뭉치가 아닙니다.</translation>
    </message>
    <message>
        <source>%1 is a corpus of version %2; this program reads versions %3 and %4.</source>
        <translation>%1은(는) 버전 %2의 말뭉치입니다. 이 프로그램은 버전 %3과(와) %4을(를) 읽습니다.</translation>
    </message>
    <message>
        <source>%1: property %2 is &quot;%3&quot;; expected a number from %4 to %5.</source>
        <translation>%1: 속성 %2의 값이 “%3”입니다. %4에서 %5 사이의 수여야 합니다.</translation>
    </message>
    <message>
        <source>%1 is no SQLite database.</source>
        <translation>%1은(는) SQLite 데이터베이스가 아닙니다.</translation>
    </message>
    <message>
        <source>%1 cannot be written: the disk is full. What was added before is kept.</source>
        <translation>%1에 쓸 수 없습니다: 디스크가 가득 찼습니다. 그전에 추가한 것은 그대로 있습니다.</translation>
    </message>
    <message>
        <source>%1 is being written by another program.</source>
        <translation>다른 프로그램이 %1에 쓰고 있습니다.</translation>
    </message>
    <message>
        <source>%1 cannot be written: it is read-only.</source>
        <translation>%1에 쓸 수 없습니다: 읽기 전용입니다.</translation>
    </message>
    <message>
        <source>%1: SQLite says: %2.</source>
        <translation>%1: SQLite의 메시지: %2.</translation>
    </message>
    <message>
        <source>a layer, head or neuron has the number %1, which the model lacks</source>
        <translation>모델에 없는 번호 %1의 층, 헤드 또는 뉴런이 있습니다</translation>
    </message>
    <message>
        <source>an example&apos;s token is not in its sentence</source>
        <translation>예문의 토큰이 그 문장에 없습니다</translation>
    </message>
    <message>
        <source>the measure &quot;%1&quot; is unknown</source>
        <translation>알 수 없는 지표 “%1”이(가) 있습니다</translation>
    </message>
    <message>
        <source>%1 has no sentence %2.</source>
        <translation>%1에는 문장 %2이(가) 없습니다.</translation>
    </message>
    <message>
        <source>sentence %1 has statistics of another model</source>
        <translation>문장 %1의 통계가 다른 모델의 것입니다</translation>
    </message>
    <message>
        <source>%1 was made with another model, %2 (%3); the others with %4 (%5).</source>
        <translation>%1은(는) 다른 모델 %2 (%3)(으)로 만들었습니다. 나머지는 %4 (%5)(으)로 만들었습니다.</translation>
    </message>
    <message>
        <source>%1 was made with --max-tokens %2 and --examples %3; the others with %4 and %5.</source>
        <translation>%1은(는) --max-tokens %2, --examples %3(으)로 만들었습니다. 나머지는 각각 %4, %5입니다.</translation>
    </message>
    <message>
        <source>%1: line %2 of %3 is &quot;%4&quot;, but another sentence in what was merged before, &quot;%5&quot;.</source>
        <translation>%1: %3의 %2번째 줄이 “%4”인데, 먼저 합친 말뭉치에서는 다른 문장 “%5”입니다.</translation>
    </message>
    <message>
        <source>standard input</source>
        <translation>표준 입력</translation>
    </message>
    <message>
        <source>%1, line %2: %3</source>
        <translation>%1, %2번째 줄: %3</translation>
    </message>
    <message>
        <source>a value in quotes is longer than %1 bytes; is its end missing?</source>
        <translation>따옴표로 묶인 값이 %1바이트보다 깁니다. 닫는 따옴표가 빠졌습니까?</translation>
    </message>
    <message>
        <source>the quotes that begin a value have no end.</source>
        <translation>값을 여는 따옴표가 닫히지 않았습니다.</translation>
    </message>
    <message>
        <source>it is not valid UTF-8.</source>
        <translation>올바른 UTF-8이 아닙니다.</translation>
    </message>
    <message>
        <source>%1 is empty; expected a line with the columns&apos; names.</source>
        <translation>%1이(가) 비어 있습니다. 열 이름이 있는 줄이 필요합니다.</translation>
    </message>
    <message>
        <source>%1 has no column &quot;%2&quot;; its columns are %3.</source>
        <translation>%1에는 열 “%2”이(가) 없습니다. 있는 열은 %3입니다.</translation>
    </message>
    <message>
        <source>it is not JSON: %1.</source>
        <translation>JSON이 아닙니다: %1.</translation>
    </message>
    <message>
        <source>expected a string, or an object whose field &quot;%1&quot; is a string.</source>
        <translation>문자열이거나, 필드 “%1”이(가) 문자열인 객체여야 합니다.</translation>
    </message>
    <message>
        <source>columns: expected %1, found %2.</source>
        <translation>열이 %1개여야 하는데 %2개입니다.</translation>
    </message>
    <message>
        <source>it has %1 bytes; expected at most %2.</source>
        <translation>%1바이트입니다. 많아도 %2바이트여야 합니다.</translation>
    </message>
    <message>
        <source>it has a NUL character.</source>
        <translation>NUL 문자가 들어 있습니다.</translation>
    </message>
    <message>
        <source>Sentences with this piece of the vocabulary, as --pieces writes it, in context.</source>
        <translation>어휘의 이 조각(--pieces가 쓰는 그대로)이 나오는 문장을 문맥과 함께 보여 줍니다.</translation>
    </message>
    <message>
        <source>piece</source>
        <translation>조각</translation>
    </message>
    <message>
        <source>sentence %1 has more tokens than a run</source>
        <translation>문장 %1에 토큰이 실행 한 번의 한도보다 많습니다</translation>
    </message>
    <message>
        <source>sentence %1 has a vector of another length</source>
        <translation>문장 %1의 벡터 길이가 다릅니다</translation>
    </message>
    <message>
        <source>2,4: keeps the hidden state of each token after layers 2 and 4, to find the nearest uses of a token; the file becomes much larger.</source>
        <translation>2,4: 2층과 4층 뒤의 토큰별 은닉 상태를 남깁니다. 한 토큰과 가장 비슷하게 쓰인 곳을 찾을 때 쓰며, 파일이 훨씬 커집니다.</translation>
    </message>
    <message>
        <source>--token-vectors: &quot;%1&quot; is not understood; expected layers from 1 to %2, as in 2,4.</source>
        <translation>--token-vectors: &quot;%1&quot;을(를) 이해할 수 없습니다. 1부터 %2까지의 층을 2,4처럼 적어야 합니다.</translation>
    </message>
    <message>
        <source>4294967297.2: of token 2 of that sentence, the uses elsewhere whose vectors are nearest; of a corpus made with --token-vectors.</source>
        <translation>4294967297.2: 그 문장의 토큰 2와 벡터가 가장 가까운, 다른 문장에서 쓰인 곳. --token-vectors로 만든 말뭉치에서만 됩니다.</translation>
    </message>
    <message>
        <source>With --nearest: the layer after which vectors are compared; without it, the last that the corpus keeps some of.</source>
        <translation>--nearest와 함께: 벡터를 비교할 층. 지정하지 않으면 말뭉치에 벡터가 남아 있는 마지막 층입니다.</translation>
    </message>
    <message>
        <source>%1 keeps no vectors of tokens: it was made without --token-vectors.</source>
        <translation>%1에는 토큰 벡터가 없습니다. --token-vectors 없이 만든 말뭉치입니다.</translation>
    </message>
    <message>
        <source>--nearest: &quot;%1&quot; is not understood; expected the number of a sentence, as --search says it, a dot and a token, from 0.</source>
        <translation>--nearest: &quot;%1&quot;을(를) 이해할 수 없습니다. --search가 알려 주는 문장 번호, 점, 0부터 세는 토큰 번호를 차례로 적어야 합니다.</translation>
    </message>
    <message>
        <source>Token %1 of sentence %2 has no vector after layer %3: only the text&apos;s tokens have some, after these layers: %4.</source>
        <translation>문장 %2의 토큰 %1에는 %3층의 벡터가 없습니다. 벡터는 본문 토큰에만, 다음 층에 대해 있습니다: %4.</translation>
    </message>
    <message>
        <source>none</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>%1 keeps vectors of tokens after these layers: %2; not after these: %3 (--token-vectors).</source>
        <translation>%1이(가) 토큰 벡터를 남기는 층은 %3이(가) 아니라 %2입니다(--token-vectors).</translation>
    </message>
    <message>
        <source>%1: property %2 is &quot;%3&quot;; expected layers from 1 to %4, as in 2,4.</source>
        <translation>%1: 속성 %2의 값이 &quot;%3&quot;입니다. 1부터 %4까지의 층을 2,4처럼 적어야 합니다.</translation>
    </message>
    <message>
        <source>sentence %1 lacks a token&apos;s vector</source>
        <translation>문장 %1에 토큰 벡터 하나가 없습니다</translation>
    </message>
    <message>
        <source>%1 keeps no vectors of tokens after layer %2.</source>
        <translation>%1에는 %2층의 토큰 벡터가 없습니다.</translation>
    </message>
    <message>
        <source>%1 keeps vectors of tokens after other layers (--token-vectors %2) than the others (%3).</source>
        <translation>%1은(는) 다른 말뭉치(%3)와 다른 층의 토큰 벡터를 남깁니다(--token-vectors %2).</translation>
    </message>
    <message>
        <source>make an index of its vectors of tokens</source>
        <translation>토큰 벡터의 색인을 만듭니다</translation>
    </message>
    <message>
        <source>add, index, merge or query.</source>
        <translation>add, index, merge, query 가운데 하나.</translation>
    </message>
    <message>
        <source>Say what to do: add, index, merge or query.</source>
        <translation>할 일을 적으세요: add, index, merge, query 가운데 하나.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not known; expected add, index, merge or query.</source>
        <translation>&quot;%1&quot;은(는) 알 수 없습니다. add, index, merge, query 가운데 하나를 적어야 합니다.</translation>
    </message>
    <message>
        <source>The layer whose vectors are indexed; without it, each after which the corpus keeps some.</source>
        <translation>벡터를 색인할 층. 지정하지 않으면 말뭉치에 벡터가 남아 있는 모든 층입니다.</translation>
    </message>
    <message>
        <source>Makes an index of the vectors of tokens (FAISS), by which the nearest uses of a token are found among all tokens of the corpus: a file beside it for each layer. Sentences that are added later are found as well, up to a thousand; then the index has to be made anew.</source>
        <translation>토큰 벡터의 색인(FAISS)을 만듭니다. 이 색인이 있으면 한 토큰과 가장 비슷하게 쓰인 곳을 말뭉치의 모든 토큰에서 찾습니다. 층마다 말뭉치 옆에 파일이 하나씩 생깁니다. 나중에 더한 문장도 천 개까지는 함께 찾으며, 그보다 많아지면 색인을 새로 만들어야 합니다.</translation>
    </message>
    <message>
        <source>The corpus, made with --token-vectors.</source>
        <translation>--token-vectors로 만든 말뭉치.</translation>
    </message>
    <message>
        <source>Say one corpus to index.</source>
        <translation>색인할 말뭉치를 하나 적으세요.</translation>
    </message>
    <message>
        <source>layer %1: %2 %</source>
        <translation>%1층: %2 %</translation>
    </message>
    <message>
        <source>Stopped; an index that was there before is as it was.</source>
        <translation>멈췄습니다. 전에 있던 색인은 그대로입니다.</translation>
    </message>
    <message>
        <source>%1: the vectors of %2 tokens after layer %3, %4 MB</source>
        <translation>%1: %3층의 토큰 벡터 %2개, %4 MB</translation>
    </message>
    <message>
        <source>With --nearest: same: uses of the same piece of the vocabulary; any: all tokens, by the index that &quot;corpus index&quot; makes.</source>
        <translation>--nearest와 함께: same은 같은 어휘 조각이 쓰인 곳만, any는 &quot;corpus index&quot;가 만드는 색인으로 모든 토큰에서 찾습니다.</translation>
    </message>
    <message>
        <source>which</source>
        <translation>종류</translation>
    </message>
    <message>
        <source>%1: the index of its vectors after layer %2 was made before %3 of its sentences came: &quot;corpus index&quot; makes it anew.</source>
        <translation>%1: %2층의 벡터 색인을 만든 뒤에 문장 %3개가 더해졌습니다. &quot;corpus index&quot;로 새로 만드세요.</translation>
    </message>
    <message>
        <source>%1 is no index of a corpus, or damaged: %2.</source>
        <translation>%1은(는) 말뭉치의 색인이 아니거나 손상되었습니다: %2.</translation>
    </message>
    <message>
        <source>it names a token that the corpus lacks</source>
        <translation>말뭉치에 없는 토큰을 가리킵니다</translation>
    </message>
    <message>
        <source>there is a vector of sentence %1, which it lacks</source>
        <translation>없는 문장 %1의 벡터가 있습니다</translation>
    </message>
    <message>
        <source>%1 is too large for an index: sentence %2, token %3, piece %4.</source>
        <translation>%1은(는) 색인하기에 너무 큽니다: 문장 %2, 토큰 %3, 조각 %4.</translation>
    </message>
    <message>
        <source>%1 has no vectors of tokens yet.</source>
        <translation>%1에는 아직 토큰 벡터가 없습니다.</translation>
    </message>
    <message>
        <source>%1 has too many tokens for an index: %2.</source>
        <translation>%1에는 색인하기에 토큰이 너무 많습니다: %2개.</translation>
    </message>
    <message>
        <source>%1 has no index of its vectors after layer %2, which &quot;corpus index&quot; makes.</source>
        <translation>%1에는 %2층의 벡터 색인이 없습니다. &quot;corpus index&quot;로 만들 수 있습니다.</translation>
    </message>
    <message>
        <source>%1 is the index of another corpus, or of another state of this one: &quot;corpus index&quot; makes it anew.</source>
        <translation>%1은(는) 다른 말뭉치의 색인이거나 이 말뭉치의 다른 상태의 색인입니다. &quot;corpus index&quot;로 새로 만드세요.</translation>
    </message>
    <message>
        <source>%1 is of vectors of %2 numbers; this one has %3.</source>
        <translation>%1의 벡터는 수가 %2개인데, 이 벡터는 %3개입니다.</translation>
    </message>
    <message>
        <source>it names a sentence that it lacks</source>
        <translation>색인에 없는 문장을 가리킵니다</translation>
    </message>
    <message>
        <source>it has only %1 bytes</source>
        <translation>%1바이트밖에 없습니다</translation>
    </message>
    <message>
        <source>it begins otherwise</source>
        <translation>첫머리가 다릅니다</translation>
    </message>
    <message>
        <source>%1 is an index of version %2; this program reads version %3.</source>
        <translation>%1은(는) 버전 %2의 색인입니다. 이 프로그램은 버전 %3을 읽습니다.</translation>
    </message>
    <message>
        <source>it has %1 bytes, which does not go with the counts in it</source>
        <translation>크기가 %1바이트인데, 안에 적힌 개수와 맞지 않습니다</translation>
    </message>
    <message>
        <source>its lists are not one after the other</source>
        <translation>목록들이 차례로 이어지지 않습니다</translation>
    </message>
    <message>
        <source>not all of its numbers are finite</source>
        <translation>유한하지 않은 수가 있습니다</translation>
    </message>
    <message>
        <source>its sentences are not in order</source>
        <translation>문장들이 순서대로 있지 않습니다</translation>
    </message>
    <message>
        <source>The module with FAISS, %1, cannot be loaded: %2</source>
        <translation>FAISS가 든 모듈 %1을(를) 불러올 수 없습니다: %2</translation>
    </message>
    <message>
        <source>The module with FAISS, which finds vectors among many, is not installed: %1 was looked for in %2.</source>
        <translation>많은 벡터 가운데서 찾는 데 쓰는 FAISS 모듈이 설치되어 있지 않습니다. %2에서 %1을(를) 찾아보았습니다.</translation>
    </message>
    <message>
        <source>Where sentences lie along the two directions in which their vectors vary most (principal components); of a model that makes vectors of sentences.</source>
        <translation>문장 벡터가 가장 크게 달라지는 두 방향(주성분)에서 문장들이 놓이는 위치. 문장 벡터를 만드는 모델에서만 됩니다.</translation>
    </message>
    <message>
        <source>Most results; without it 20, of --map 4000, which lie evenly over the corpus.</source>
        <translation>결과의 최대 개수. 지정하지 않으면 20개, --map은 말뭉치에서 고르게 뽑은 4000개입니다.</translation>
    </message>
    <message>
        <source>Says what is in a corpus; without an option, of what sentences it is made. Layers and heads count from 1, tokens and neurons from 0. NPY: with --heads, the means [heads x measures]; with --map, the places [sentences x 2].</source>
        <translation>말뭉치에 무엇이 들어 있는지 알려 줍니다. 옵션이 없으면 어떤 문장으로 이루어졌는지 보여 줍니다. 층과 헤드는 1부터, 토큰과 뉴런은 0부터 셉니다. NPY는 --heads에서 평균 [헤드 x 지표], --map에서 위치 [문장 x 2]입니다.</translation>
    </message>
    <message>
        <source>%1 has no vectors of sentences: its model, %2, makes none. Models of sentence-transformers make some, such as all-MiniLM-L6-v2.</source>
        <translation>%1에는 문장 벡터가 없습니다. 이 말뭉치의 모델 %2은(는) 문장 벡터를 만들지 않습니다. all-MiniLM-L6-v2 같은 sentence-transformers 모델은 만듭니다.</translation>
    </message>
    <message>
        <source>--name is for one file.</source>
        <translation>--name은 파일이 하나일 때만 쓸 수 있습니다.</translation>
    </message>
    <message>
        <source>More files, as after --text.</source>
        <translation>--text 뒤와 같은, 더 읽을 파일.</translation>
    </message>
    <message>
        <source>--shard: &quot;%1&quot; is not understood; expected a part, from 1, and how many there are: 3/16 is the third of 16.</source>
        <translation>--shard: “%1”을(를) 이해할 수 없습니다. 1부터 센 몫의 번호와 전체 몫의 수가 와야 합니다. 3/16은 열여섯 몫 가운데 셋째입니다.</translation>
    </message>
    <message>
        <source>--field: %1 is read as lines, which have no fields; expected csv, tsv or jsonl (--format).</source>
        <translation>--field: %1은(는) 줄 단위로 읽는데, 줄에는 필드가 없습니다. csv, tsv 또는 jsonl이어야 합니다(--format).</translation>
    </message>
    <message>
        <source>--search: expected a word or more, and found none.</source>
        <translation>--search: 낱말이 하나 이상 와야 하는데 없습니다.</translation>
    </message>
    <message>
        <source>--%1 goes with --nearest only.</source>
        <translation>--%1 옵션은 --nearest와 함께만 쓸 수 있습니다.</translation>
    </message>
</context>
<context>
    <name>CorpusMessages</name>
    <message>
        <source>FAISS says: %1</source>
        <translation>FAISS가 알린 문제: %1</translation>
    </message>
</context>
<context>
    <name>CorpusNote</name>
    <message>
        <source>Sentences in which this head&apos;s weight of one token (query) on another (key, underlined) is greatest</source>
        <translation>이 헤드가 한 토큰(쿼리)에서 다른 토큰(키, 밑줄)에 준 가중치가 가장 큰 문장</translation>
    </message>
    <message>
        <source>Sentences in which this neuron&apos;s activation is greatest, and at which token</source>
        <translation>이 뉴런의 활성값이 가장 큰 문장과 그 토큰</translation>
    </message>
    <message>
        <source>Sentences with “%1”: %2, of which the first %3 are listed</source>
        <translation>“%1”이(가) 나오는 문장 %2개 가운데 처음 %3개</translation>
    </message>
    <message>
        <source>Sentences with “%1”: %2</source>
        <translation>“%1”이(가) 나오는 문장: %2개</translation>
    </message>
    <message>
        <source>Sentences with “%1”: %2, of which %3 were compared by the cosine of the sentences&apos; vectors</source>
        <translation>“%1”이(가) 나오는 문장 %2개 가운데 %3개를 문장 벡터의 코사인으로 비교했습니다</translation>
    </message>
    <message>
        <source>Of the tokens of %1 sentences those that the corpus&apos;s index finds, by the cosine of their vectors after layer %2</source>
        <translation>문장 %1개의 토큰 가운데 말뭉치의 색인이 찾은 토큰을 %2층의 벡터 코사인 순으로 보였습니다</translation>
    </message>
    <message>
        <source>Sentences with “%1”: %2; its uses that the corpus&apos;s index finds, by the cosine of their vectors after layer %3</source>
        <translation>“%1”이(가) 나오는 문장 %2개. 그 가운데 말뭉치의 색인이 찾은 곳을 %3층의 토큰 벡터 코사인 순으로 보였습니다</translation>
    </message>
    <message>
        <source>Sentences with “%1”: %2; %3 of its uses were compared by the cosine of their vectors after layer %4</source>
        <translation>“%1”이(가) 나오는 문장 %2개. 그 가운데 쓰인 곳 %3개를 %4층의 토큰 벡터 코사인으로 비교했습니다</translation>
    </message>
    <message>
        <source>Sentences found: %1, of which the first %2 are listed</source>
        <translation>찾은 문장 %1개 가운데 처음 %2개</translation>
    </message>
    <message>
        <source>Sentences found: %1</source>
        <translation>찾은 문장: %1개</translation>
    </message>
</context>
<context>
    <name>CorpusQuestion</name>
    <message>
        <source>No neuron is pinned: choose one here, or on the page FFN.</source>
        <translation>선택한 뉴런이 없습니다. 여기에서 고르거나 피드포워드 페이지에서 고르세요.</translation>
    </message>
    <message>
        <source>The corpus&apos;s model has no such layer or number.</source>
        <translation>말뭉치를 만든 모델에는 그런 층이나 번호가 없습니다.</translation>
    </message>
    <message>
        <source>There is no token: type a sentence.</source>
        <translation>토큰이 없습니다. 문장을 입력하세요.</translation>
    </message>
    <message>
        <source>Words that begin like this are found: “cat” finds “cats” as well.</source>
        <translation>이렇게 시작하는 단어를 찾습니다. “고양이”로 찾으면 “고양이가”도 나옵니다.</translation>
    </message>
</context>
<context>
    <name>Difference</name>
    <message>
        <source>other weights of %1</source>
        <translation>%1의 다른 가중치</translation>
    </message>
    <message>
        <source>another text</source>
        <translation>다른 글</translation>
    </message>
    <message>
        <source>other pieces</source>
        <translation>다른 조각</translation>
    </message>
    <message>
        <source>now</source>
        <translation>현재</translation>
    </message>
    <message>
        <source>reference</source>
        <translation>기준</translation>
    </message>
    <message>
        <source>before switching</source>
        <translation>전환 전</translation>
    </message>
</context>
<context>
    <name>Encoder</name>
    <message>
        <source>There is no token to run the encoder on.</source>
        <translation>인코더에 넣을 토큰이 없습니다.</translation>
    </message>
    <message>
        <source>The input has %1 tokens; the model %2 takes at most %3.</source>
        <translation>입력 토큰이 %1개인데, 모델 %2은(는) 최대 %3개까지 받습니다.</translation>
    </message>
    <message>
        <source>Token &quot;%1&quot; has the id %2; the model %3 has an embedding for ids from 0 to %4.</source>
        <translation>토큰 &quot;%1&quot;의 ID는 %2인데, 모델 %3에는 0부터 %4까지의 ID에 대한 임베딩만 있습니다.</translation>
    </message>
</context>
<context>
    <name>Examples</name>
    <message>
        <source>A head in which nearly every token gives its weight to the one before it. Look at the line below the diagonal.</source>
        <translation>거의 모든 토큰이 바로 앞 토큰에 가중치를 주는 헤드입니다. 대각선 아래의 선을 보세요.</translation>
    </message>
    <message>
        <source>A head in which most tokens give their weight to the one after them. Look at the line above the diagonal.</source>
        <translation>대부분의 토큰이 바로 뒤 토큰에 가중치를 주는 헤드입니다. 대각선 위의 선을 보세요.</translation>
    </message>
    <message>
        <source>A head that brings the pieces of a word together. Pin a piece of a word that is cut: its weight goes to the other pieces.</source>
        <translation>한 단어의 조각들을 모으는 헤드입니다. 나뉜 단어의 조각 하나를 선택해 보세요. 가중치가 나머지 조각으로 갑니다.</translation>
    </message>
    <message>
        <source>A head in which a word looks for itself elsewhere in the sentence. Pin one of those that come twice; what comes once stays with itself.</source>
        <translation>단어가 문장의 다른 곳에서 자기와 같은 단어를 찾는 헤드입니다. 두 번 나오는 단어를 선택해 보세요. 한 번만 나오는 단어는 자기 자신을 봅니다.</translation>
    </message>
    <message>
        <source>A head in which tokens look at themselves: the diagonal. What it finds is the token alone, whatever stands around it.</source>
        <translation>토큰이 자기 자신을 보는 헤드입니다. 대각선을 보세요. 주변에 무엇이 있든 그 토큰만 찾아냅니다.</translation>
    </message>
    <message>
        <source>A head that looks at the full stop and other marks. Pin any word, and see how much of its weight goes there.</source>
        <translation>마침표 같은 문장 부호를 보는 헤드입니다. 아무 단어나 선택하고 가중치가 얼마나 그리로 가는지 보세요.</translation>
    </message>
</context>
<context>
    <name>ExportChoices</name>
    <message>
        <source>Screen</source>
        <translation>화면</translation>
    </message>
    <message>
        <source>Slide 16:9</source>
        <translation>슬라이드 16:9</translation>
    </message>
    <message>
        <source>One column, 84 mm</source>
        <translation>한 단, 84 mm</translation>
    </message>
    <message>
        <source>Two columns, 178 mm</source>
        <translation>두 단, 178 mm</translation>
    </message>
</context>
<context>
    <name>FigureKinds</name>
    <message>
        <source>One head, or the mean or maximum of all heads of the layer.</source>
        <translation>헤드 하나, 또는 층의 모든 헤드의 평균이나 최댓값.</translation>
    </message>
    <message>
        <source>What of the attention.</source>
        <translation>어텐션 가운데 무엇을 볼지.</translation>
    </message>
    <message>
        <source>A logarithmic colour scale for weights.</source>
        <translation>가중치의 색을 로그 눈금으로.</translation>
    </message>
    <message>
        <source>All heads of the layer over each other.</source>
        <translation>층의 모든 헤드를 겹쳐서.</translation>
    </message>
    <message>
        <source>Lines are shown for up to %1 tokens.</source>
        <translation>선은 토큰 %1개까지 보여 줍니다.</translation>
    </message>
    <message>
        <source>The text has no tokens but special ones.</source>
        <translation>텍스트에 특수 토큰 말고는 토큰이 없습니다.</translation>
    </message>
    <message>
        <source>Query × key of one head, or of all heads of a layer</source>
        <translation>헤드 하나 또는 층의 모든 헤드의 쿼리 × 키</translation>
    </message>
    <message>
        <source>Lines between the tokens, as strong as the attention</source>
        <translation>토큰 사이의 선, 어텐션이 클수록 진하게</translation>
    </message>
    <message>
        <source>The attention of every head of every layer</source>
        <translation>모든 층 모든 헤드의 어텐션</translation>
    </message>
    <message>
        <source>How much of each input token reaches each token (rollout)</source>
        <translation>입력 토큰이 각 토큰에 얼마나 도달하는지 (롤아웃)</translation>
    </message>
    <message>
        <source>What each head looks at, in numbers</source>
        <translation>각 헤드가 무엇을 보는지, 숫자로</translation>
    </message>
    <message>
        <source>The neuron&apos;s number, from 0; -1: the pinned one, else the token&apos;s strongest.</source>
        <translation>0부터 세는 뉴런 번호. -1이면 선택한 뉴런, 없으면 이 토큰에서 가장 크게 활성화된 뉴런.</translation>
    </message>
    <message>
        <source>Tokens × d_ff before or after the activation</source>
        <translation>활성화 함수 전후의 토큰 × d_ff</translation>
    </message>
    <message>
        <source>One token&apos;s strongest neurons</source>
        <translation>토큰 하나에서 가장 크게 활성화된 뉴런</translation>
    </message>
    <message>
        <source>The activation function with one token&apos;s neurons on it</source>
        <translation>활성화 함수와 그 위에 찍은 토큰 하나의 뉴런</translation>
    </message>
    <message>
        <source>One neuron over all tokens</source>
        <translation>뉴런 하나의 모든 토큰에 대한 값</translation>
    </message>
    <message>
        <source>The layer, 0 for the embedding&apos;s output; without it the last.</source>
        <translation>층. 임베딩의 출력은 0. 없으면 마지막 층.</translation>
    </message>
    <message>
        <source>The layer.</source>
        <translation>층.</translation>
    </message>
    <message>
        <source>The head.</source>
        <translation>헤드.</translation>
    </message>
    <message>
        <source>The token&apos;s number, from 0.</source>
        <translation>0부터 세는 토큰 번호.</translation>
    </message>
    <message>
        <source>How many words.</source>
        <translation>단어의 수.</translation>
    </message>
    <message>
        <source>Sentence A or B.</source>
        <translation>문장 A 또는 B.</translation>
    </message>
    <message>
        <source>The model has no head that predicts masked words.</source>
        <translation>이 모델에는 가린 단어를 예측하는 출력 헤드가 없습니다.</translation>
    </message>
    <message>
        <source>Add a sentence B to compare it with A.</source>
        <translation>A와 비교할 문장 B를 추가하세요.</translation>
    </message>
    <message>
        <source>The model has no head that tells classes.</source>
        <translation>이 모델에는 클래스를 알려 주는 출력 헤드가 없습니다.</translation>
    </message>
    <message>
        <source>Tokens × d_model after a layer</source>
        <translation>층을 지난 토큰 × d_model</translation>
    </message>
    <message>
        <source>One token through the layers: its length, and what was added</source>
        <translation>층을 지나는 토큰 하나: 벡터의 크기와 더해진 것</translation>
    </message>
    <message>
        <source>The words that the model expects at a token</source>
        <translation>모델이 토큰 자리에 예측하는 단어</translation>
    </message>
    <message>
        <source>One vector of a whole sentence</source>
        <translation>문장 전체의 벡터 하나</translation>
    </message>
    <message>
        <source>The sentence&apos;s classes</source>
        <translation>문장의 클래스</translation>
    </message>
    <message>
        <source>How many positions are shown.</source>
        <translation>보여 줄 위치의 수.</translation>
    </message>
    <message>
        <source>Pairs of dimensions, such as 0, 4, 8-10; pair i is the dimensions 2i and 2i+1.</source>
        <translation>차원 쌍(예: 0, 4, 8-10). 쌍 i는 2i번과 2i+1번 차원입니다.</translation>
    </message>
    <message>
        <source>A line is drawn at this position; -1: none.</source>
        <translation>이 위치에 선을 그립니다. -1이면 그리지 않습니다.</translation>
    </message>
    <message>
        <source>This model adds nothing for positions: it does not know the order of the tokens.</source>
        <translation>이 모델은 임베딩에 위치 정보를 더하지 않아 토큰의 순서를 모릅니다.</translation>
    </message>
    <message>
        <source>Curves of pairs of dimensions over the positions</source>
        <translation>위치에 따른 차원 쌍의 곡선</translation>
    </message>
    <message>
        <source>Position × dimension</source>
        <translation>위치 × 차원</translation>
    </message>
    <message>
        <source>Dot product of every two positions&apos; vectors</source>
        <translation>두 위치 벡터의 내적</translation>
    </message>
    <message>
        <source>Position × dimension, as it is added to the text&apos;s tokens</source>
        <translation>텍스트의 토큰에 더해지는 위치 × 차원</translation>
    </message>
    <message>
        <source>The stage of the input embedding.</source>
        <translation>입력 임베딩의 단계.</translation>
    </message>
    <message>
        <source>The model has no such stage.</source>
        <translation>이 모델에는 그런 단계가 없습니다.</translation>
    </message>
    <message>
        <source>Two runs have different principal components: there is no difference. Choose now or before.</source>
        <translation>두 실행은 주성분이 서로 달라 차이를 보여 줄 수 없습니다. ‘현재’나 ‘모두 켠 상태’를 고르세요.</translation>
    </message>
    <message>
        <source>The hidden states are not all finite.</source>
        <translation>은닉 상태에 유한하지 않은 값이 있습니다.</translation>
    </message>
    <message>
        <source>The text&apos;s tokens and their ids</source>
        <translation>텍스트의 토큰과 ID</translation>
    </message>
    <message>
        <source>Tokens × d_model at a stage of the input embedding</source>
        <translation>입력 임베딩의 한 단계에서 토큰 × d_model</translation>
    </message>
    <message>
        <source>One token&apos;s vector at a stage of the input embedding</source>
        <translation>입력 임베딩의 한 단계에서 토큰 하나의 벡터</translation>
    </message>
    <message>
        <source>Cosine of every two tokens&apos; hidden states after a layer</source>
        <translation>층을 지난 뒤 두 토큰씩 비교한 은닉 상태의 코사인</translation>
    </message>
    <message>
        <source>The tokens along two principal components of the hidden states</source>
        <translation>은닉 상태의 두 주성분 위에 놓은 토큰</translation>
    </message>
    <message>
        <source>The model has no head that labels tokens.</source>
        <translation>이 모델에는 토큰에 레이블을 붙이는 출력 헤드가 없습니다.</translation>
    </message>
    <message>
        <source>The model has no head that answers questions.</source>
        <translation>이 모델에는 질문에 답하는 출력 헤드가 없습니다.</translation>
    </message>
    <message>
        <source>There is no text to find an answer in.</source>
        <translation>답을 찾을 텍스트가 없습니다.</translation>
    </message>
    <message>
        <source>The model has no head that finds replaced tokens.</source>
        <translation>이 모델에는 바뀐 토큰을 찾아내는 출력 헤드가 없습니다.</translation>
    </message>
    <message>
        <source>The labels of the tokens</source>
        <translation>토큰의 레이블</translation>
    </message>
    <message>
        <source>Where in B the answer to A begins and ends</source>
        <translation>A의 답이 B에서 시작하고 끝나는 곳</translation>
    </message>
    <message>
        <source>Which tokens the model takes for replaced ones</source>
        <translation>모델이 바뀌었다고 보는 토큰</translation>
    </message>
    <message>
        <source>Only a trace of this model is known, not its weights.</source>
        <translation>이 모델은 실행 기록만 있고 가중치는 없습니다.</translation>
    </message>
    <message>
        <source>How many steps both networks are trained.</source>
        <translation>두 네트워크를 학습하는 단계 수.</translation>
    </message>
    <message>
        <source>What two layers learn without and with an activation</source>
        <translation>활성화 함수가 없을 때와 있을 때 두 층이 배우는 것</translation>
    </message>
    <message>
        <source>Which of the learned matrices.</source>
        <translation>학습된 행렬 가운데 어느 것을 볼지.</translation>
    </message>
    <message>
        <source>The part of one head, or all heads side by side.</source>
        <translation>헤드 하나의 부분, 또는 나란히 놓은 모든 헤드.</translation>
    </message>
    <message>
        <source>A piece of the vocabulary; without it the pinned token&apos;s.</source>
        <translation>어휘의 조각. 없으면 선택한 토큰의 조각.</translation>
    </message>
    <message>
        <source>How many pieces are shown.</source>
        <translation>보여 줄 조각의 수.</translation>
    </message>
    <message>
        <source>Numbers in a token&apos;s vector; 0: as the model has.</source>
        <translation>토큰 벡터의 차원 수. 0이면 모델의 값.</translation>
    </message>
    <message>
        <source>Layers; 0: as the model has.</source>
        <translation>층의 수. 0이면 모델의 값.</translation>
    </message>
    <message>
        <source>Heads of a layer; 0: as the model has.</source>
        <translation>한 층의 헤드 수. 0이면 모델의 값.</translation>
    </message>
    <message>
        <source>Neurons of an FFN; 0: as the model has.</source>
        <translation>FFN의 뉴런 수. 0이면 모델의 값.</translation>
    </message>
    <message>
        <source>Tokens of the input; 0: as the text has.</source>
        <translation>입력의 토큰 수. 0이면 텍스트의 토큰 수.</translation>
    </message>
    <message>
        <source>This model adds nothing for positions.</source>
        <translation>이 모델은 임베딩에 위치 정보를 더하지 않습니다.</translation>
    </message>
    <message>
        <source>This model computes its positions by a formula: there is no table that training has made.</source>
        <translation>이 모델은 위치를 공식으로 계산하므로 학습으로 만들어진 표가 없습니다.</translation>
    </message>
    <message>
        <source>The linear layers of this model have no biases.</source>
        <translation>이 모델의 선형 층에는 편향이 없습니다.</translation>
    </message>
    <message>
        <source>“%1” has no row of its own: the tokenizer cuts it into %2.</source>
        <translation>“%1”은(는) 임베딩 표에 따로 행이 없습니다. 토크나이저가 %2(으)로 나눕니다.</translation>
    </message>
    <message>
        <source>The embedding table has no row %1.</source>
        <translation>임베딩 표에 %1번 행이 없습니다.</translation>
    </message>
    <message>
        <source>The vocabulary has no other piece.</source>
        <translation>어휘에 다른 조각이 없습니다.</translation>
    </message>
    <message>
        <source>%1 heads cannot share %2 numbers: the heads have to divide d_model.</source>
        <translation>d_model %2은(는) 헤드 %1개로 나누어떨어지지 않습니다. 헤드 수는 d_model의 약수여야 합니다.</translation>
    </message>
    <message>
        <source>A learned matrix of a layer or head, or a table</source>
        <translation>층이나 헤드의 학습된 행렬, 또는 표</translation>
    </message>
    <message>
        <source>Its size, norm, mean, deviation and extremes</source>
        <translation>그 행렬의 크기, 노름, 평균, 표준편차, 최솟값과 최댓값</translation>
    </message>
    <message>
        <source>How many of its weights are how large</source>
        <translation>그 행렬의 가중치 분포</translation>
    </message>
    <message>
        <source>Its singular values</source>
        <translation>그 행렬의 특잇값</translation>
    </message>
    <message>
        <source>Every matrix of a layer: size, norm, mean, extremes</source>
        <translation>한 층의 모든 행렬: 크기, 노름, 평균, 최솟값과 최댓값</translation>
    </message>
    <message>
        <source>One row of the embedding table</source>
        <translation>임베딩 표의 한 행</translation>
    </message>
    <message>
        <source>The pieces with the most similar rows in the embedding table</source>
        <translation>임베딩 표에서 행이 가장 비슷한 조각들</translation>
    </message>
    <message>
        <source>Parameters and multiplications of every block</source>
        <translation>블록마다의 파라미터 수와 곱셈 수</translation>
    </message>
    <message>
        <source>How tokens are scored.</source>
        <translation>토큰에 점수를 매기는 방법.</translation>
    </message>
    <message>
        <source>What a token is compared with or replaced by.</source>
        <translation>토큰을 무엇과 비교하거나 무엇으로 바꿀지.</translation>
    </message>
    <message>
        <source>Points on the way of integrated gradients.</source>
        <translation>적분 기울기에서 경로를 나누는 점의 개수.</translation>
    </message>
    <message>
        <source>Each head switched off, or what the gradient says of it.</source>
        <translation>헤드를 하나씩 끈 결과, 또는 기울기로 본 값.</translation>
    </message>
    <message>
        <source>Which block&apos;s output is taken from the other run.</source>
        <translation>어느 블록의 출력을 다른 실행에서 가져올지.</translation>
    </message>
    <message>
        <source>The prediction is the same in both runs: nothing can come back.</source>
        <translation>두 실행의 예측이 같아서 되살릴 차이가 없습니다.</translation>
    </message>
    <message>
        <source>What each token did for a prediction, by every method</source>
        <translation>예측에 대한 각 토큰의 기여, 모든 방법으로</translation>
    </message>
    <message>
        <source>What each token did for a prediction, by one method</source>
        <translation>예측에 대한 각 토큰의 기여, 한 가지 방법으로</translation>
    </message>
    <message>
        <source>The proof: the prediction while tokens are taken away and given back</source>
        <translation>검증: 토큰을 빼고 되돌리는 동안의 예측</translation>
    </message>
    <message>
        <source>A prediction without each head</source>
        <translation>각 헤드를 껐을 때의 예측</translation>
    </message>
    <message>
        <source>A prediction without each sublayer and layer</source>
        <translation>각 부분층과 층을 껐을 때의 예측</translation>
    </message>
    <message>
        <source>A prediction without each token as a key, and without positions</source>
        <translation>각 토큰을 키에서 뺐을 때와 위치 인코딩을 껐을 때의 예측</translation>
    </message>
    <message>
        <source>The words that each layer would predict (lens)</source>
        <translation>각 층이 예측할 단어(렌즈)</translation>
    </message>
    <message>
        <source>The pairs of tokens that make A and B similar</source>
        <translation>A와 B를 비슷하게 만드는 토큰 쌍</translation>
    </message>
    <message>
        <source>The file of this run does not hold what this shows: %1.</source>
        <translation>이 실행의 파일에는 여기에 필요한 것이 없습니다: %1.</translation>
    </message>
    <message>
        <source>The key token&apos;s number, from 0; -1: the pinned one, else the one with the greatest weight.</source>
        <translation>키 토큰의 번호(0부터). -1이면 선택한 키이고, 선택한 키가 없으면 가중치가 가장 큰 키입니다.</translation>
    </message>
    <message>
        <source>One of the steps, or all of them.</source>
        <translation>한 단계 또는 모든 단계.</translation>
    </message>
    <message>
        <source>The vector of which an element is written out, term by term.</source>
        <translation>원소 하나를 항별로 풀어 쓸 벡터.</translation>
    </message>
    <message>
        <source>Which of its elements, from 0.</source>
        <translation>그 벡터의 몇 번째 원소인지(0부터).</translation>
    </message>
    <message>
        <source>Of a long text the strongest keys, or all.</source>
        <translation>텍스트가 길 때 가중치가 큰 키만 또는 모든 키.</translation>
    </message>
    <message>
        <source>The model has no layers.</source>
        <translation>이 모델에는 층이 없습니다.</translation>
    </message>
    <message>
        <source>Worked example</source>
        <translation>계산 예시</translation>
    </message>
    <message>
        <source>One token&apos;s way through a layer and head, step by step</source>
        <translation>한 토큰이 층과 헤드를 지나는 과정을 단계별로</translation>
    </message>
    <message>
        <source>The heads: &quot;1.2 3.4&quot; is head 2 of layer 1 and head 4 of layer 3; without it the pinned one.</source>
        <translation>헤드. &quot;1.2 3.4&quot;는 1층의 헤드 2와 3층의 헤드 4입니다. 없으면 선택한 헤드.</translation>
    </message>
    <message>
        <source>Side by side, or their mean, maximum or difference: of the first from the mean of the others.</source>
        <translation>나란히(side-by-side), 평균(mean), 최댓값(max), 또는 첫 헤드에서 나머지의 평균을 뺀 차이(difference).</translation>
    </message>
    <message>
        <source>How many.</source>
        <translation>개수.</translation>
    </message>
    <message>
        <source>There is no head %1: the model has %2 layers of %3 heads.</source>
        <translation>헤드 %1이(가) 없습니다. 모델에는 층이 %2개 있고 층마다 헤드가 %3개 있습니다.</translation>
    </message>
    <message>
        <source>Choose a second head: Ctrl+click in the map, in the grid of all heads or in the table of heads.</source>
        <translation>둘째 헤드를 고르세요. 지도나 모든 헤드의 격자, 헤드 표에서 Ctrl을 누른 채 클릭합니다.</translation>
    </message>
    <message>
        <source>How alike heads are is shown of one run, not as a difference. Choose now, reference or side by side.</source>
        <translation>헤드가 서로 얼마나 비슷한지는 한 실행에서만 보여 주며 차이는 없습니다. 현재, 기준, 나란히 가운데 고르세요.</translation>
    </message>
    <message>
        <source>The model has only one head.</source>
        <translation>모델에 헤드가 하나뿐입니다.</translation>
    </message>
    <message>
        <source>Too few tokens of the two texts stand for each other to tell how similar the layers are.</source>
        <translation>두 글에서 서로 대응하는 토큰이 너무 적어 층이 얼마나 비슷한지 알 수 없습니다.</translation>
    </message>
    <message>
        <source>Both runs are of one model. Pin a run (F9), then open another version of the model, or train it: here stands which weights moved most.</source>
        <translation>두 실행의 모델이 같습니다. 실행을 고정(F9)한 뒤 모델의 다른 판을 열거나 모델을 학습시키면 어느 가중치가 가장 많이 움직였는지 여기에 나옵니다.</translation>
    </message>
    <message>
        <source>Several heads of any layers side by side, or together</source>
        <translation>여러 층에서 고른 헤드를 나란히 또는 하나로</translation>
    </message>
    <message>
        <source>The heads that weight the tokens most like one</source>
        <translation>한 헤드와 가장 비슷하게 토큰에 가중치를 주는 헤드</translation>
    </message>
    <message>
        <source>All heads in a plane: near each other where they are alike</source>
        <translation>평면 위의 모든 헤드. 비슷할수록 가까움</translation>
    </message>
    <message>
        <source>How similar the layers of two runs are (linear CKA)</source>
        <translation>두 실행의 층이 얼마나 비슷한가(선형 CKA)</translation>
    </message>
    <message>
        <source>Which weights of two models differ most</source>
        <translation>두 모델에서 가장 많이 다른 가중치</translation>
    </message>
    <message>
        <source>This figure has no difference. Choose now, reference or side by side.</source>
        <translation>이 그림에는 차이가 없습니다. 현재, 기준, 나란히 가운데 고르세요.</translation>
    </message>
    <message>
        <source>This model&apos;s scores have no such product: only q·k.</source>
        <translation>이 모델의 점수에는 그런 곱이 없고 q·k뿐입니다.</translation>
    </message>
    <message>
        <source>Before or after the activation; of a gated FFN also the gate and the value apart.</source>
        <translation>활성화 함수의 앞 또는 뒤입니다. 게이트가 있는 FFN에서는 게이트와 값을 따로 볼 수도 있습니다.</translation>
    </message>
    <message>
        <source>The FFN has no gate.</source>
        <translation>이 FFN에는 게이트가 없습니다.</translation>
    </message>
    <message>
        <source>Nothing is added for positions: queries and keys are turned by them.</source>
        <translation>위치를 위해 더하는 것은 없습니다. 쿼리와 키를 위치에 따라 회전합니다.</translation>
    </message>
    <message>
        <source>Nothing is added to the embedding for positions: the scores have products with the distances of the tokens.</source>
        <translation>위치를 위해 임베딩에 더하는 것은 없습니다. 점수에 토큰 사이 거리와의 곱이 들어갑니다.</translation>
    </message>
    <message>
        <source>Pairs of dimensions, such as 0, 4, 8-10; pair i is the dimensions i and i + d_k/2.</source>
        <translation>차원 쌍. 예: 0, 4, 8-10. 쌍 i는 차원 i와 i + d_k/2입니다.</translation>
    </message>
    <message>
        <source>The query or the key of the token.</source>
        <translation>토큰의 쿼리 또는 키입니다.</translation>
    </message>
    <message>
        <source>This model&apos;s positions do not turn queries and keys.</source>
        <translation>이 모델의 위치는 쿼리와 키를 회전하지 않습니다.</translation>
    </message>
    <message>
        <source>Rotary positions: how pairs of dimensions turn</source>
        <translation>회전 위치: 차원 쌍의 회전</translation>
    </message>
    <message>
        <source>What one neuron reads and what it adds: its weights</source>
        <translation>뉴런 하나가 읽는 것과 더하는 것: 그 가중치</translation>
    </message>
    <message>
        <source>The words that one neuron&apos;s output pushes up and down</source>
        <translation>뉴런 하나의 출력이 올리고 내리는 단어</translation>
    </message>
    <message>
        <source>There is nothing to take parts from yet. Switch something off, or pin this run (F9) and type another sentence: then parts of the reference are put into this run, and it shows which of them bring the prediction back.</source>
        <translation>아직 가져올 실행이 없습니다. 무언가를 끄거나, 이 실행을 고정하고(F9) 다른 문장을 입력하세요. 그러면 기준 실행의 부분을 이 실행에 넣어 어느 부분이 예측을 되돌리는지 보여 줍니다.</translation>
    </message>
    <message>
        <source>No word of this text has a partner in the reference: nothing can be put in its place. Without a partner: %1.</source>
        <translation>이 텍스트의 어떤 단어도 기준에 짝이 없어 바꿔 넣을 것이 없습니다. 짝이 없는 토큰: %1.</translation>
    </message>
    <message>
        <source>Which parts of the reference run bring a prediction back</source>
        <translation>기준 실행의 어느 부분이 예측을 되돌리는지</translation>
    </message>
    <message>
        <source>The pairs of input tokens that make A and B similar (integrated Jacobians)</source>
        <translation>A와 B를 비슷하게 만드는 입력 토큰의 짝(적분 야코비안)</translation>
    </message>
    <message>
        <source>The file of the reference does not hold what this shows: %1.</source>
        <translation>비교 대상의 파일에는 여기에 필요한 것이 없습니다: %1.</translation>
    </message>
    <message>
        <source>Nothing is added to the embedding for positions: each head takes its slope times the distance of the tokens from the scores.</source>
        <translation>임베딩에는 위치를 더하지 않습니다. 헤드마다 기울기에 토큰 사이 거리를 곱해 점수에서 뺍니다.</translation>
    </message>
    <message>
        <source>The heads of this model have no slopes.</source>
        <translation>이 모델의 헤드에는 기울기가 없습니다.</translation>
    </message>
    <message>
        <source>What each head takes off for the distance (ALiBi)</source>
        <translation>헤드마다 거리에 따라 빼는 값 (ALiBi)</translation>
    </message>
    <message>
        <source>The layers&apos; hidden states as they are, or through the maps to the last layer that were fitted to the model.</source>
        <translation>각 층의 은닉 상태를 그대로 읽을지, 모델에 맞춰 둔 마지막 층으로의 사상을 거쳐 읽을지 정합니다.</translation>
    </message>
    <message>
        <source>Whose output is multiplied.</source>
        <translation>출력에 배율을 곱할 부분입니다.</translation>
    </message>
    <message>
        <source>A prediction while one head&apos;s or neuron&apos;s output is multiplied</source>
        <translation>헤드나 뉴런 하나의 출력을 몇 배로 할 때의 예측</translation>
    </message>
    <message>
        <source>The corpus: a file that “encoderscope corpus add” made.</source>
        <translation>말뭉치. “encoderscope corpus add”로 만든 파일입니다.</translation>
    </message>
    <message>
        <source>bits</source>
        <translation>비트</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>토큰</translation>
    </message>
    <message>
        <source>measure</source>
        <translation>지표</translation>
    </message>
    <message>
        <source>corpus: mean</source>
        <translation>말뭉치: 평균</translation>
    </message>
    <message>
        <source>deviation</source>
        <translation>표준편차</translation>
    </message>
    <message>
        <source>this sentence</source>
        <translation>이 문장</translation>
    </message>
    <message>
        <source>deviations off</source>
        <translation>표준편차의 배수</translation>
    </message>
    <message>
        <source>No corpus is open.</source>
        <translation>열린 말뭉치가 없습니다.</translation>
    </message>
    <message>
        <source>%1 was made with another model, %2: its heads are not those of %3.</source>
        <translation>%1은(는) 다른 모델 %2(으)로 만들었으므로 그 헤드는 %3의 헤드가 아닙니다.</translation>
    </message>
    <message>
        <source>corpus %1, sentences: %2</source>
        <translation>말뭉치 %1, 문장 %2개</translation>
    </message>
    <message>
        <source>there: %1, here: %2</source>
        <translation>말뭉치에서는 %1, 여기서는 %2</translation>
    </message>
    <message>
        <source>Layer %1 head %2 beside the corpus</source>
        <translation>%1층 %2번 헤드, 말뭉치와 나란히</translation>
    </message>
    <message>
        <source>What a head does in this sentence and over a corpus, in numbers</source>
        <translation>헤드가 이 문장과 말뭉치에서 하는 일을 숫자로</translation>
    </message>
    <message>
        <source>This model adds no position bias to its scores.</source>
        <translation>이 모델은 점수에 위치 편향을 더하지 않습니다.</translation>
    </message>
    <message>
        <source>Nothing is added to the embedding for positions: each head adds a bias for the distance of the tokens to the scores.</source>
        <translation>임베딩에는 위치를 더하지 않습니다. 헤드마다 토큰 사이 거리에 따른 편향을 점수에 더합니다.</translation>
    </message>
    <message>
        <source>What each head adds for the distance (T5, MPNet)</source>
        <translation>헤드마다 거리에 따라 더하는 값 (T5, MPNet)</translation>
    </message>
    <message>
        <source>The scores of this model have no such product with distances.</source>
        <translation>이 모델의 점수에는 거리와의 그런 곱이 없습니다.</translation>
    </message>
    <message>
        <source>The corpus&apos;s sentences, those together that the model takes for alike</source>
        <translation>모델이 비슷하게 보는 것끼리 모인 말뭉치의 문장들</translation>
    </message>
    <message>
        <source>other texts</source>
        <translation>다른 텍스트</translation>
    </message>
    <message>
        <source>The vectors of the sentences are not all finite.</source>
        <translation>문장 벡터에 유한하지 않은 값이 있습니다.</translation>
    </message>
    <message>
        <source>corpus %1, sentences: %2 of %3</source>
        <translation>말뭉치 %1, 문장 %3개 중 %2개</translation>
    </message>
    <message>
        <source>its model: %1</source>
        <translation>말뭉치의 모델: %1</translation>
    </message>
    <message>
        <source>The corpus&apos;s sentences along two principal components</source>
        <translation>두 주성분 위에 놓은 말뭉치의 문장들</translation>
    </message>
</context>
<context>
    <name>Figures</name>
    <message>
        <source>query</source>
        <translation>쿼리</translation>
    </message>
    <message>
        <source>key</source>
        <translation>키</translation>
    </message>
    <message>
        <source>raw score q·k</source>
        <translation>스케일 전 점수 q·k</translation>
    </message>
    <message>
        <source>scaled score q·k / √d_k</source>
        <translation>스케일된 점수 q·k / √d_k</translation>
    </message>
    <message>
        <source>attention weight</source>
        <translation>어텐션 가중치</translation>
    </message>
    <message>
        <source>Raw scores</source>
        <translation>스케일 전 점수</translation>
    </message>
    <message>
        <source>Scaled scores</source>
        <translation>스케일된 점수</translation>
    </message>
    <message>
        <source>Attention weights</source>
        <translation>어텐션 가중치</translation>
    </message>
    <message>
        <source>layer %1, head %2</source>
        <translation>%1층, 헤드 %2</translation>
    </message>
    <message>
        <source>layer %1, mean of %2 heads</source>
        <translation>%1층, 헤드 %2개의 평균</translation>
    </message>
    <message>
        <source>layer %1, maximum of %2 heads</source>
        <translation>%1층, 헤드 %2개의 최댓값</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>, special tokens left out, rows renormalized</source>
        <translation>, 특수 토큰을 빼고 행마다 다시 정규화</translation>
    </message>
    <message>
        <source>, special tokens left out</source>
        <translation>, 특수 토큰 제외</translation>
    </message>
    <message>
        <source>hatched: switched off</source>
        <translation>빗금: 꺼짐</translation>
    </message>
    <message>
        <source>L%1 H%2</source>
        <translation>L%1 H%2</translation>
    </message>
    <message>
        <source>Attention weights of all heads</source>
        <translation>모든 헤드의 어텐션 가중치</translation>
    </message>
    <message>
        <source>The picture cannot be encoded as PNG.</source>
        <translation>그림을 PNG로 인코딩할 수 없습니다.</translation>
    </message>
    <message>
        <source>A picture of %1 x %2 pixels is too large; choose a smaller scale, or SVG or PDF.</source>
        <translation>%1 x %2 픽셀 그림은 너무 큽니다. 더 작은 배율이나 SVG, PDF를 고르세요.</translation>
    </message>
    <message>
        <source>There is not enough memory for a picture of %1 x %2 pixels.</source>
        <translation>%1 x %2 픽셀 그림을 만들 메모리가 부족합니다.</translation>
    </message>
    <message>
        <source> (before switching)</source>
        <translation> (모두 켠 상태)</translation>
    </message>
    <message>
        <source> (now − before)</source>
        <translation> (현재 − 모두 켠 상태)</translation>
    </message>
    <message>
        <source>%1, now − before</source>
        <translation>%1, 현재 − 모두 켠 상태</translation>
    </message>
    <message>
        <source>%1 (untrained weights)</source>
        <translation>%1 (학습되지 않은 가중치)</translation>
    </message>
    <message numerus="yes">
        <source>%n token(s)</source>
        <translation>
            <numerusform>토큰 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>layer %1</source>
        <translation>%1층</translation>
    </message>
    <message>
        <source>head %1</source>
        <translation>헤드 %1</translation>
    </message>
    <message>
        <source>No values to show</source>
        <translation>표시할 값 없음</translation>
    </message>
    <message>
        <source>Token embedding</source>
        <translation>토큰 임베딩</translation>
    </message>
    <message>
        <source>Token embedding × √d_model</source>
        <translation>토큰 임베딩 × √d_model</translation>
    </message>
    <message>
        <source>Positional encoding of the tokens</source>
        <translation>토큰의 위치 인코딩</translation>
    </message>
    <message>
        <source>Token type embedding</source>
        <translation>토큰 유형 임베딩</translation>
    </message>
    <message>
        <source>Sum of the embeddings</source>
        <translation>임베딩의 합</translation>
    </message>
    <message>
        <source>Layer norm of the summed embeddings</source>
        <translation>임베딩 합의 층 정규화</translation>
    </message>
    <message>
        <source>Embedding, as layer 1 reads it</source>
        <translation>임베딩 (1층의 입력)</translation>
    </message>
    <message>
        <source>token</source>
        <translation>토큰</translation>
    </message>
    <message>
        <source>value</source>
        <translation>값</translation>
    </message>
    <message>
        <source>dimension</source>
        <translation>차원</translation>
    </message>
    <message>
        <source>position</source>
        <translation>위치</translation>
    </message>
    <message>
        <source>Positional encoding (sine and cosine)</source>
        <translation>위치 인코딩 (사인과 코사인)</translation>
    </message>
    <message>
        <source>Positional encoding (learned)</source>
        <translation>위치 인코딩 (학습됨)</translation>
    </message>
    <message>
        <source>neuron</source>
        <translation>뉴런</translation>
    </message>
    <message>
        <source>FFN after the activation: layer %1</source>
        <translation>활성화 후 FFN: %1층</translation>
    </message>
    <message>
        <source>FFN before the activation: layer %1</source>
        <translation>활성화 전 FFN: %1층</translation>
    </message>
    <message>
        <source>Hidden state: embedding</source>
        <translation>은닉 상태: 임베딩</translation>
    </message>
    <message>
        <source>Hidden state after layer %1</source>
        <translation>%1층을 지난 은닉 상태</translation>
    </message>
    <message>
        <source>The folder %1 cannot be made.</source>
        <translation>폴더 %1을(를) 만들 수 없습니다.</translation>
    </message>
    <message>
        <source>L%1</source>
        <translation>L%1</translation>
    </message>
    <message>
        <source>H%1</source>
        <translation>H%1</translation>
    </message>
    <message>
        <source>Vector of %1: %2</source>
        <translation>%1의 벡터: %2</translation>
    </message>
    <message>
        <source>text</source>
        <translation>텍스트</translation>
    </message>
    <message>
        <source>piece</source>
        <translation>조각</translation>
    </message>
    <message>
        <source>id</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>토큰</translation>
    </message>
    <message>
        <source> (now and before)</source>
        <translation> (현재와 모두 켠 상태)</translation>
    </message>
    <message>
        <source>layer %1 off</source>
        <translation>%1층 끔</translation>
    </message>
    <message>
        <source>attention of layer %1 off</source>
        <translation>%1층의 어텐션 끔</translation>
    </message>
    <message>
        <source>FFN of layer %1 off</source>
        <translation>%1층의 FFN 끔</translation>
    </message>
    <message>
        <source>layer %1 without head %2</source>
        <translation>%1층에서 헤드 %2 끔</translation>
    </message>
    <message>
        <source>(without the first %1 of %2 characters)</source>
        <translation>(%2자 중 처음 %1자를 뺌)</translation>
    </message>
    <message>
        <source>(cut after %1 of %2 characters)</source>
        <translation>(%2자 중 %1자에서 자름)</translation>
    </message>
    <message>
        <source>positional encoding off</source>
        <translation>위치 인코딩 끔</translation>
    </message>
    <message>
        <source>embedding × √d_model</source>
        <translation>임베딩 × √d_model</translation>
    </message>
    <message>
        <source>embedding not × √d_model</source>
        <translation>임베딩에 √d_model을 곱하지 않음</translation>
    </message>
    <message>
        <source>activation %1</source>
        <translation>활성화 함수 %1</translation>
    </message>
    <message>
        <source>temperature %1</source>
        <translation>온도 %1</translation>
    </message>
    <message>
        <source>masked: %1</source>
        <translation>가림: %1</translation>
    </message>
    <message>
        <source>mask token at %1</source>
        <translation>%1번 자리에 마스크 토큰</translation>
    </message>
    <message>
        <source>everything on</source>
        <translation>모두 켬</translation>
    </message>
    <message>
        <source>shown: rows %1–%2 of %3, columns %4–%5 of %6</source>
        <translation>보인 부분: %3행 중 %1–%2, %6열 중 %4–%5</translation>
    </message>
    <message>
        <source>Head statistics</source>
        <translation>헤드 통계</translation>
    </message>
    <message>
        <source>full strength: %1</source>
        <translation>가장 진한 선: %1</translation>
    </message>
    <message>
        <source>from %1</source>
        <translation>%1부터</translation>
    </message>
    <message>
        <source>embedding table</source>
        <translation>임베딩 표</translation>
    </message>
    <message>
        <source>norm after embedding</source>
        <translation>임베딩 뒤 정규화</translation>
    </message>
    <message>
        <source>layer norms</source>
        <translation>층 정규화</translation>
    </message>
    <message>
        <source>block</source>
        <translation>블록</translation>
    </message>
    <message>
        <source>parameters</source>
        <translation>파라미터</translation>
    </message>
    <message>
        <source>share</source>
        <translation>비율</translation>
    </message>
    <message>
        <source>multiplications</source>
        <translation>곱셈</translation>
    </message>
    <message>
        <source>last layer norm</source>
        <translation>마지막 층 정규화</translation>
    </message>
    <message>
        <source>all</source>
        <translation>전체</translation>
    </message>
    <message>
        <source>the model as it is</source>
        <translation>지금 모델 그대로</translation>
    </message>
    <message>
        <source>Costs: %1</source>
        <translation>비용: %1</translation>
    </message>
    <message>
        <source>probability</source>
        <translation>확률</translation>
    </message>
    <message>
        <source>%1 % (ReLU)</source>
        <translation>%1 %(ReLU)</translation>
    </message>
    <message>
        <source>%1 % (nothing)</source>
        <translation>%1 %(없음)</translation>
    </message>
    <message>
        <source>Have x and y the same sign? Right after step %1</source>
        <translation>x와 y의 부호가 같은가? %1단계 뒤의 정답률</translation>
    </message>
    <message>
        <source>two linear layers with %1 neurons and nothing or ReLU between them</source>
        <translation>선형 층 두 개, 그 사이에 뉴런 %1개와 ReLU 또는 활성화 없음</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>층</translation>
    </message>
    <message>
        <source>head</source>
        <translation>헤드</translation>
    </message>
    <message>
        <source>%1: layer %2, head %3</source>
        <translation>%1: %2층, 헤드 %3</translation>
    </message>
    <message>
        <source>%1: layer %2</source>
        <translation>%1: %2층</translation>
    </message>
    <message>
        <source>dimension of x</source>
        <translation>x의 차원</translation>
    </message>
    <message>
        <source>dimension of Z</source>
        <translation>Z의 차원</translation>
    </message>
    <message>
        <source>dimension of all heads</source>
        <translation>모든 헤드의 차원</translation>
    </message>
    <message>
        <source>dimension of the head</source>
        <translation>헤드의 차원</translation>
    </message>
    <message>
        <source>dimension of the query&apos;s x</source>
        <translation>쿼리 쪽 x의 차원</translation>
    </message>
    <message>
        <source>dimension of the key&apos;s x</source>
        <translation>키 쪽 x의 차원</translation>
    </message>
    <message>
        <source>γ, attention</source>
        <translation>γ, 어텐션</translation>
    </message>
    <message>
        <source>β, attention</source>
        <translation>β, 어텐션</translation>
    </message>
    <message>
        <source>γ, FFN</source>
        <translation>γ, FFN</translation>
    </message>
    <message>
        <source>β, FFN</source>
        <translation>β, FFN</translation>
    </message>
    <message>
        <source>Biases</source>
        <translation>편향</translation>
    </message>
    <message>
        <source>Layer norms</source>
        <translation>층 정규화</translation>
    </message>
    <message>
        <source>Embedding table</source>
        <translation>임베딩 표</translation>
    </message>
    <message>
        <source>Position table</source>
        <translation>위치 표</translation>
    </message>
    <message>
        <source>weight</source>
        <translation>가중치</translation>
    </message>
    <message>
        <source>Distribution of %1</source>
        <translation>%1의 분포</translation>
    </message>
    <message>
        <source>figure</source>
        <translation>항목</translation>
    </message>
    <message>
        <source>rows × columns</source>
        <translation>행 × 열</translation>
    </message>
    <message>
        <source>norm</source>
        <translation>노름</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>평균</translation>
    </message>
    <message>
        <source>least</source>
        <translation>최소</translation>
    </message>
    <message>
        <source>greatest</source>
        <translation>최대</translation>
    </message>
    <message>
        <source>rank</source>
        <translation>순위</translation>
    </message>
    <message>
        <source>Singular values of %1</source>
        <translation>%1의 특잇값</translation>
    </message>
    <message>
        <source>matrix</source>
        <translation>행렬</translation>
    </message>
    <message>
        <source>deviation</source>
        <translation>표준편차</translation>
    </message>
    <message>
        <source>Weights of layer %1</source>
        <translation>%1층의 가중치</translation>
    </message>
    <message>
        <source>Row %1 of the embedding table: “%2”</source>
        <translation>임베딩 표의 %1번 행: “%2”</translation>
    </message>
    <message>
        <source>cosine</source>
        <translation>코사인</translation>
    </message>
    <message>
        <source>Nearest to “%1” in the embedding table</source>
        <translation>임베딩 표에서 “%1”에 가장 가까운 조각</translation>
    </message>
    <message>
        <source>There is no difference: the model has %1 layers here and %2 in the reference.</source>
        <translation>차이를 낼 수 없습니다. 모델의 층이 여기서는 %1개, 기준에서는 %2개입니다.</translation>
    </message>
    <message>
        <source>There is no difference: the reference has no layer %1, its model has layers 1 to %2.</source>
        <translation>차이를 낼 수 없습니다. 기준의 모델에는 %1층이 없고 1층부터 %2층까지 있습니다.</translation>
    </message>
    <message>
        <source> (reference)</source>
        <translation> (기준)</translation>
    </message>
    <message>
        <source> (now − reference)</source>
        <translation> (현재 − 기준)</translation>
    </message>
    <message>
        <source>%1, now − reference</source>
        <translation>%1, 현재 − 기준</translation>
    </message>
    <message>
        <source>reference: %1</source>
        <translation>기준: %1</translation>
    </message>
    <message>
        <source>count</source>
        <translation>개수</translation>
    </message>
    <message>
        <source>The animation cannot be encoded: %1.</source>
        <translation>애니메이션을 부호화할 수 없습니다: %1.</translation>
    </message>
    <message>
        <source>WebP holds pictures of up to %1 x %1 pixels, not of %2 x %3; choose a smaller scale, or another format.</source>
        <translation>WebP에는 %1 x %1픽셀까지만 담을 수 있는데 그림이 %2 x %3픽셀입니다. 배율을 줄이거나 다른 형식을 고르세요.</translation>
    </message>
    <message>
        <source>identity</source>
        <translation>항등 함수</translation>
    </message>
    <message>
        <source>%1: the file&apos;s name must end in .png, .svg, .pdf, .webp, .csv, .json or .npy.</source>
        <translation>%1: 파일 이름은 .png, .svg, .pdf, .webp, .csv, .json, .npy 가운데 하나로 끝나야 합니다.</translation>
    </message>
    <message>
        <source>There is no picture to write.</source>
        <translation>저장할 그림이 없습니다.</translation>
    </message>
    <message>
        <source>The token %1 has no partner in the reference: there is no difference. Choose side by side.</source>
        <translation>토큰 %1은(는) 기준에 짝이 없어 차이를 낼 수 없습니다. 나란히를 고르세요.</translation>
    </message>
    <message numerus="yes">
        <source>%n token(s) without a partner (hatched)</source>
        <translation>
            <numerusform>짝이 없는 토큰 %n개(빗금)</numerusform>
        </translation>
    </message>
    <message>
        <source>Attention weights of chosen heads</source>
        <translation>고른 헤드의 어텐션 가중치</translation>
    </message>
    <message>
        <source>difference of attention weights</source>
        <translation>어텐션 가중치의 차이</translation>
    </message>
    <message>
        <source>%1 − %2</source>
        <translation>%1 − %2</translation>
    </message>
    <message>
        <source>%1 − mean of %2</source>
        <translation>%1 − %2의 평균</translation>
    </message>
    <message>
        <source>Mean of %1</source>
        <translation>%1의 평균</translation>
    </message>
    <message>
        <source>Maximum of %1</source>
        <translation>%1의 최댓값</translation>
    </message>
    <message>
        <source>Attention weights: %1</source>
        <translation>어텐션 가중치: %1</translation>
    </message>
    <message>
        <source>Jensen-Shannon distance</source>
        <translation>옌센-섀넌 거리</translation>
    </message>
    <message>
        <source>Heads most like layer %1, head %2</source>
        <translation>%1층, 헤드 %2에 가장 가까운 헤드</translation>
    </message>
    <message>
        <source>axis %1 (%2 % of the spread)</source>
        <translation>축 %1 (퍼짐의 %2 %)</translation>
    </message>
    <message>
        <source>All heads, by how alike they weight the tokens</source>
        <translation>토큰에 주는 가중치가 비슷한 정도로 놓은 모든 헤드</translation>
    </message>
    <message>
        <source>now</source>
        <translation>현재</translation>
    </message>
    <message>
        <source>reference</source>
        <translation>기준</translation>
    </message>
    <message>
        <source>linear CKA</source>
        <translation>선형 CKA</translation>
    </message>
    <message>
        <source>Similarity of the hidden states, layer by layer</source>
        <translation>층별 은닉 상태의 유사도</translation>
    </message>
    <message>
        <source>L%1 %2</source>
        <translation>%1층 %2</translation>
    </message>
    <message>
        <source>relative change ‖W − W₀‖ / ‖W₀‖</source>
        <translation>상대 변화 ‖W − W₀‖ / ‖W₀‖</translation>
    </message>
    <message>
        <source>Weights that differ most: %1 and %2</source>
        <translation>가장 많이 다른 가중치: %1, %2</translation>
    </message>
    <message>
        <source>no partner in the reference</source>
        <translation>기준에 짝이 없음</translation>
    </message>
    <message>
        <source>raw score q·k, both rotated</source>
        <translation>스케일 전 점수 q·k, 둘 다 회전 후</translation>
    </message>
    <message>
        <source>scaled sum of the products</source>
        <translation>스케일된 곱의 합</translation>
    </message>
    <message>
        <source>scaled score q·k / √d_k, both rotated</source>
        <translation>스케일된 점수 q·k / √d_k, 둘 다 회전 후</translation>
    </message>
    <message>
        <source>content to position: q·k_δ</source>
        <translation>내용에서 위치로: q·k_δ</translation>
    </message>
    <message>
        <source>position to content: q_δ·k</source>
        <translation>위치에서 내용으로: q_δ·k</translation>
    </message>
    <message>
        <source>Content to position</source>
        <translation>내용에서 위치로</translation>
    </message>
    <message>
        <source>Position to content</source>
        <translation>위치에서 내용으로</translation>
    </message>
    <message>
        <source> · local layer: keys up to %1 tokens away</source>
        <translation> · 지역 층: 토큰 %1개 거리까지의 키</translation>
    </message>
    <message>
        <source>Task type embedding</source>
        <translation>과제 유형 임베딩</translation>
    </message>
    <message>
        <source>FFN, the gate: layer %1</source>
        <translation>FFN의 게이트: %1층</translation>
    </message>
    <message>
        <source>FFN, the value before the gate: layer %1</source>
        <translation>게이트를 곱하기 전 FFN의 값: %1층</translation>
    </message>
    <message>
        <source>FFN, gate × value: layer %1</source>
        <translation>FFN의 게이트 × 값: %1층</translation>
    </message>
    <message>
        <source>layer %1 head %2 × %3</source>
        <translation>%1층 헤드 %2 × %3</translation>
    </message>
    <message>
        <source>layer %1 neuron %2 × %3</source>
        <translation>%1층 뉴런 %2 × %3</translation>
    </message>
    <message>
        <source>steered after layer %1, × %2</source>
        <translation>%1층 뒤에서 조향, × %2</translation>
    </message>
    <message>
        <source> · slope %1: so much less for each token of distance</source>
        <extracomment>%1: a number</extracomment>
        <translation> · 기울기 %1: 토큰 하나만큼 멀어질 때마다 이만큼 줄어듦</translation>
    </message>
    <message>
        <source>outside the window</source>
        <translation>윈도 밖</translation>
    </message>
    <message>
        <source>Both runs are of the same model: nothing of it differs.</source>
        <translation>두 실행의 모델이 같아 차이가 없습니다.</translation>
    </message>
    <message>
        <source>This figure has no difference from a run of another text or model. Choose now, reference or side by side.</source>
        <translation>이 그림은 텍스트나 모델이 다른 실행과는 차이를 낼 수 없습니다. ‘현재’, ‘기준’, ‘나란히’ 가운데 고르세요.</translation>
    </message>
    <message>
        <source>score q·k + position bias, not divided</source>
        <translation>점수 q·k + 위치 편향 (나누지 않음)</translation>
    </message>
    <message>
        <source>position bias, added to the scaled score</source>
        <translation>위치 편향 (스케일된 점수에 더하는 값)</translation>
    </message>
    <message>
        <source>Position bias</source>
        <translation>위치 편향</translation>
    </message>
    <message>
        <source>bucket of the distance</source>
        <translation>거리의 구간</translation>
    </message>
    <message>
        <source>query − key</source>
        <translation>쿼리 − 키</translation>
    </message>
    <message>
        <source>Keys of distances</source>
        <translation>거리의 키</translation>
    </message>
    <message>
        <source>Queries of distances</source>
        <translation>거리의 쿼리</translation>
    </message>
    <message>
        <source>positions, types</source>
        <translation>위치, 토큰 유형</translation>
    </message>
</context>
<context>
    <name>Files</name>
    <message>
        <source>there is no space left for it</source>
        <translation>남은 공간이 없습니다</translation>
    </message>
    <message>
        <source>it is larger than files may be here</source>
        <translation>이곳에 허용된 파일 크기보다 큽니다</translation>
    </message>
    <message>
        <source>you may not write there</source>
        <translation>그곳에 쓸 권한이 없습니다</translation>
    </message>
    <message>
        <source>its folder does not exist</source>
        <translation>해당 폴더가 없습니다</translation>
    </message>
    <message>
        <source>it is a folder</source>
        <translation>폴더입니다</translation>
    </message>
    <message>
        <source>it is closed</source>
        <translation>닫혀 있습니다</translation>
    </message>
    <message>
        <source>its reader has gone</source>
        <translation>읽던 쪽이 먼저 끝났습니다</translation>
    </message>
    <message>
        <source>Standard output</source>
        <translation>표준 출력</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2.</source>
        <translation>%1을(를) 쓸 수 없습니다: %2.</translation>
    </message>
</context>
<context>
    <name>Heads</name>
    <message>
        <source>“%1” is no head; “2.1” is head 1 of layer 2.</source>
        <translation>“%1”은(는) 헤드가 아닙니다. “2.1”은 2층의 헤드 1입니다.</translation>
    </message>
    <message>
        <source>At most %1 heads can be shown together.</source>
        <translation>헤드는 한꺼번에 %1개까지 볼 수 있습니다.</translation>
    </message>
</context>
<context>
    <name>Hub</name>
    <message>
        <source>%1 cannot be written: %2.</source>
        <translation>%1을(를) 쓸 수 없습니다: %2.</translation>
    </message>
    <message>
        <source>%1 is longer than the %2 bytes that the Hub announced.</source>
        <translation>%1이(가) 허브가 알린 %2바이트보다 깁니다.</translation>
    </message>
    <message>
        <source>%1 was cut off after %2 of %3 bytes. Downloading again goes on from there.</source>
        <translation>%1이(가) %3바이트 중 %2바이트에서 끊겼습니다. 다시 내려받으면 이어서 받습니다.</translation>
    </message>
    <message>
        <source>%1 arrived damaged: expected the hash %2, found %3.</source>
        <translation>%1이(가) 손상되었습니다. 해시가 %2(이)어야 하는데 %3입니다.</translation>
    </message>
    <message>
        <source>%1 has no config.json: it is not a model that can be opened.</source>
        <translation>%1에 config.json이 없습니다. 열 수 있는 모델이 아닙니다.</translation>
    </message>
    <message>
        <source>%1 has its weights in %2 files; expected at most %3.</source>
        <translation>%1의 가중치가 파일 %2개로 나뉘어 있습니다. 많아야 %3개여야 합니다.</translation>
    </message>
    <message>
        <source>%1 has no weights that can be opened: expected one of %2.</source>
        <translation>%1에 열 수 있는 가중치가 없습니다. 다음 중 하나가 있어야 합니다: %2.</translation>
    </message>
</context>
<context>
    <name>Jobs</name>
    <message>
        <source>There is not enough memory.</source>
        <translation>메모리가 부족합니다.</translation>
    </message>
    <message>
        <source>Something unforeseen went wrong: %1</source>
        <translation>예상하지 못한 문제가 생겼습니다: %1</translation>
    </message>
    <message>
        <source>Something unforeseen went wrong.</source>
        <translation>예상하지 못한 문제가 생겼습니다.</translation>
    </message>
</context>
<context>
    <name>Json</name>
    <message>
        <source>nothing</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>an object</source>
        <translation>객체</translation>
    </message>
    <message>
        <source>a list</source>
        <translation>목록</translation>
    </message>
    <message>
        <source>%1: Expected at most %2 lists and objects within one another.</source>
        <translation>%1: 목록과 객체는 최대 %2겹까지만 겹칠 수 있습니다.</translation>
    </message>
    <message>
        <source>%1: Expected at most %2 values.</source>
        <translation>%1: 값은 최대 %2개여야 합니다.</translation>
    </message>
    <message>
        <source>%1 is not JSON: %2, at byte %3.</source>
        <translation>%1은(는) JSON이 아닙니다: %2, %3번째 바이트.</translation>
    </message>
    <message>
        <source>%1, field &quot;%2&quot;: %3</source>
        <extracomment>%1: file, %2: field of the file, %3: what is wrong with it</extracomment>
        <translation>%1, 필드 &quot;%2&quot;: %3</translation>
    </message>
    <message>
        <source>found &quot;%1&quot;; supported: %2.</source>
        <translation>&quot;%1&quot;이(가) 있습니다. 지원하는 값: %2.</translation>
    </message>
    <message>
        <source>expected %1, found %2.</source>
        <translation>%1이(가) 있어야 하는데 %2이(가) 있습니다.</translation>
    </message>
    <message>
        <source>found %1; supported: %2.</source>
        <translation>%1이(가) 있습니다. 지원하는 값: %2.</translation>
    </message>
    <message>
        <source>a text</source>
        <translation>텍스트</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>숫자</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true 또는 false</translation>
    </message>
    <message>
        <source>a whole number from %1 to %2</source>
        <translation>%1부터 %2까지의 정수</translation>
    </message>
    <message>
        <source>a number above %1, at most %2</source>
        <translation>%1보다 크고 %2 이하인 수</translation>
    </message>
    <message>
        <source>one of %1</source>
        <translation>%1 중 하나</translation>
    </message>
    <message>
        <source>expected at most %1 elements, found %2.</source>
        <translation>원소가 %1개 이하여야 하는데 %2개입니다.</translation>
    </message>
    <message>
        <source>a number of at most %1</source>
        <translation>크기가 %1 이하인 수</translation>
    </message>
    <message>
        <source>expected at most %1 characters, found %2.</source>
        <translation>최대 %1자여야 하는데 %2자입니다.</translation>
    </message>
</context>
<context>
    <name>Kernels</name>
    <message>
        <source>The environment variable ENCODERSCOPE_ISA is &quot;%1&quot;; it must be one of: %2.</source>
        <translation>환경 변수 ENCODERSCOPE_ISA의 값이 &quot;%1&quot;입니다. 다음 중 하나여야 합니다: %2.</translation>
    </message>
</context>
<context>
    <name>KnownModels</name>
    <message>
        <source>Two layers of two heads: BERT at its smallest, every number in sight.</source>
        <translation>헤드 2개짜리 층이 2개뿐인 가장 작은 BERT입니다. 모든 수가 한눈에 들어옵니다.</translation>
    </message>
    <message>
        <source>Trained to tell which words of a sentence were replaced; says so for each token.</source>
        <translation>문장에서 바뀐 단어를 찾아내도록 학습했습니다. 토큰마다 바뀌었는지 답합니다.</translation>
    </message>
    <message>
        <source>Trained to give sentences of like meaning like vectors: give it a sentence B.</source>
        <translation>뜻이 비슷한 문장에 비슷한 벡터를 주도록 학습했습니다. 문장 B를 함께 입력해 보세요.</translation>
    </message>
    <message>
        <source>Learned from BERT with half of its layers; predicts masked words.</source>
        <translation>BERT에게서 배운, 층이 절반인 모델입니다. 가린 단어를 예측합니다.</translation>
    </message>
    <message>
        <source>Says whether a sentence is positive or negative.</source>
        <translation>문장이 긍정인지 부정인지 답합니다.</translation>
    </message>
    <message>
        <source>The BERT that most papers speak of: 12 layers of 12 heads; predicts masked words.</source>
        <translation>논문에 가장 자주 나오는 BERT입니다. 12층에 헤드가 12개씩 있고, 가린 단어를 예측합니다.</translation>
    </message>
    <message>
        <source>Marks persons, places and organizations in a sentence.</source>
        <translation>문장에서 사람, 장소, 기관의 이름을 찾아 표시합니다.</translation>
    </message>
    <message>
        <source>BERT for Korean, with pieces that follow its words; predicts masked words.</source>
        <translation>한국어 BERT입니다. 한국어 단어에 맞춘 토큰을 쓰고, 가린 단어를 예측합니다.</translation>
    </message>
    <message>
        <source>One BERT for a hundred languages: compare a sentence with its translation.</source>
        <translation>백여 개 언어를 하나로 배운 BERT입니다. 문장과 그 번역을 비교해 보세요.</translation>
    </message>
    <message>
        <source>English</source>
        <translation>영어</translation>
    </message>
    <message>
        <source>Korean</source>
        <translation>한국어</translation>
    </message>
    <message>
        <source>many more</source>
        <translation>그 밖의 여러 언어</translation>
    </message>
</context>
<context>
    <name>Lesson</name>
    <message>
        <source>Larger</source>
        <translation>더 크다</translation>
    </message>
    <message>
        <source>The same</source>
        <translation>같다</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>더 작다</translation>
    </message>
    <message>
        <source>&quot;%1&quot; does not give a number for each token.</source>
        <translation>&quot;%1&quot;은(는) 토큰마다 숫자를 주지 않습니다.</translation>
    </message>
    <message>
        <source>%1 is more than a lesson may have; at most %2 was expected.</source>
        <translation>%1은(는) 수업에 담을 수 있는 한도를 넘습니다. %2 이하여야 합니다.</translation>
    </message>
    <message>
        <source>a text in &quot;en&quot; or &quot;ko&quot; was expected.</source>
        <translation>&quot;en&quot;이나 &quot;ko&quot;로 적은 텍스트가 있어야 합니다.</translation>
    </message>
    <message>
        <source>one of &quot;figure&quot;, &quot;worked&quot;, &quot;part&quot;, &quot;tokens&quot; was expected.</source>
        <translation>&quot;figure&quot;, &quot;worked&quot;, &quot;part&quot;, &quot;tokens&quot; 가운데 하나가 있어야 합니다.</translation>
    </message>
    <message>
        <source>%1 options were found; %2 were expected.</source>
        <translation>선택지가 %1개 있습니다. %2개여야 합니다.</translation>
    </message>
    <message>
        <source>a &quot;title&quot; and a &quot;text&quot; were expected.</source>
        <translation>&quot;title&quot;과 &quot;text&quot;가 있어야 합니다.</translation>
    </message>
    <message>
        <source>a lesson has at least one step.</source>
        <translation>수업에는 단계가 하나 이상 있어야 합니다.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not understood; expected was a form like &quot;attention.weights[layer=2,head=1,query=pinned,key=max]&quot;.</source>
        <translation>&quot;%1&quot;을(를) 이해할 수 없습니다. &quot;attention.weights[layer=2,head=1,query=pinned,key=max]&quot;와 같은 형식이어야 합니다.</translation>
    </message>
    <message>
        <source>There is no live number &quot;%1&quot;.</source>
        <translation>&quot;%1&quot;이라는 실시간 숫자는 없습니다.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; takes no argument &quot;%2&quot;, only %3.</source>
        <translation>&quot;%1&quot;에는 인자 &quot;%2&quot;이(가) 없습니다. 쓸 수 있는 것은 %3입니다.</translation>
    </message>
    <message>
        <source>A word has no difference.</source>
        <translation>단어에는 차이가 없습니다.</translation>
    </message>
    <message>
        <source>There is no run yet.</source>
        <translation>아직 실행 결과가 없습니다.</translation>
    </message>
    <message>
        <source>run: &quot;%1&quot; is not known; one of %2 was expected.</source>
        <translation>run: &quot;%1&quot;은(는) 알 수 없습니다. %2 가운데 하나여야 합니다.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not one number.</source>
        <translation>&quot;%1&quot;은(는) 숫자 하나가 아닙니다.</translation>
    </message>
    <message>
        <source>%1: &quot;%2&quot; is not known; one of %3 was expected.</source>
        <translation>%1: &quot;%2&quot;은(는) 알 수 없습니다. %3 가운데 하나여야 합니다.</translation>
    </message>
    <message>
        <source>There is no %1 in this run.</source>
        <translation>이 실행 결과에는 %1이(가) 없습니다.</translation>
    </message>
    <message>
        <source>%1: &quot;%2&quot; is not a number from %3 to %4.</source>
        <translation>%1: &quot;%2&quot;은(는) %3부터 %4까지의 수가 아닙니다.</translation>
    </message>
    <message>
        <source>head %2 of layer %1</source>
        <translation>%1층 %2번 헤드</translation>
    </message>
    <message>
        <source>A recorded run is shown, which lessons cannot use: open a model.</source>
        <translation>기록된 실행을 보고 있어 수업에 쓸 수 없습니다. 모델을 여세요.</translation>
    </message>
</context>
<context>
    <name>LineReader</name>
    <message>
        <source>%1 cannot be read: %2.</source>
        <translation>%1을(를) 읽을 수 없습니다: %2.</translation>
    </message>
    <message>
        <source>Standard input</source>
        <translation>표준 입력</translation>
    </message>
    <message>
        <source>%1, line %2: it is longer than %3 bytes, the most that is read.</source>
        <translation>%1, %2번째 줄: 읽을 수 있는 한도인 %3바이트보다 깁니다.</translation>
    </message>
</context>
<context>
    <name>Manual</name>
    <message>
        <source>Without it: %1.</source>
        <translation>생략하면 %1.</translation>
    </message>
    <message>
        <source>NAME</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>see a Transformer encoder at work on your own sentence</source>
        <translation>내 문장 위에서 움직이는 트랜스포머 인코더 보기</translation>
    </message>
    <message>
        <source>SYNOPSIS</source>
        <translation>개요</translation>
    </message>
    <message>
        <source>options</source>
        <translation>옵션</translation>
    </message>
    <message>
        <source>file</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>command</source>
        <translation>명령</translation>
    </message>
    <message>
        <source>DESCRIPTION</source>
        <translation>설명</translation>
    </message>
    <message>
        <source>Without a command a window opens, in which every number that a Transformer encoder computes for a sentence can be looked at. The file is a session that was saved there. Commands need no display.</source>
        <translation>명령 없이 실행하면 창이 열리고, 트랜스포머 인코더가 문장에 대해 계산하는 모든 수를 볼 수 있습니다. 파일은 그 창에서 저장한 세션입니다. 명령은 디스플레이 없이도 실행됩니다.</translation>
    </message>
    <message>
        <source>OPTIONS</source>
        <translation>옵션</translation>
    </message>
    <message>
        <source>EXIT STATUS</source>
        <translation>종료 상태</translation>
    </message>
    <message>
        <source>0: the result is complete; 1: it could not be made; 2: the arguments are wrong. Messages go to standard error.</source>
        <translation>0: 결과가 온전함, 1: 결과를 만들지 못함, 2: 인자가 잘못됨. 메시지는 표준 오류로 출력됩니다.</translation>
    </message>
    <message>
        <source>COMMANDS</source>
        <translation>명령</translation>
    </message>
</context>
<context>
    <name>MinimalPairs</name>
    <message>
        <source>The control character U+%1 was found; expected text and tabs.</source>
        <translation>제어 문자 U+%1이(가) 있습니다. 텍스트와 탭만 쓸 수 있습니다.</translation>
    </message>
    <message>
        <source>Fields between tabs: %1 (&quot;%2&quot;); expected 2 or 3: two sentences and perhaps what to look for.</source>
        <translation>탭으로 나뉜 칸이 %1개입니다(&quot;%2&quot;). 두 문장과, 필요하면 살펴볼 점까지 2개나 3개여야 합니다.</translation>
    </message>
    <message>
        <source>%1, line %2: %3</source>
        <translation>%1, %2번째 줄: %3</translation>
    </message>
    <message>
        <source>Sentence %1 is empty; expected a text.</source>
        <translation>%1번째 문장이 비어 있습니다. 텍스트가 있어야 합니다.</translation>
    </message>
    <message>
        <source>Sentence %1 has %2 characters; expected at most %3.</source>
        <translation>%1번째 문장은 %2자입니다. 최대 %3자까지 쓸 수 있습니다.</translation>
    </message>
    <message>
        <source>There are more pairs; expected at most %1.</source>
        <translation>문장 쌍이 더 있습니다. 최대 %1쌍까지 쓸 수 있습니다.</translation>
    </message>
    <message>
        <source>%1: No pair was found; expected one a line: a sentence, a tab, another sentence.</source>
        <translation>%1: 문장 쌍이 없습니다. 한 줄에 한 쌍씩, 문장, 탭, 다른 문장 순서로 있어야 합니다.</translation>
    </message>
</context>
<context>
    <name>Model</name>
    <message>
        <source>an object of tensor and file names</source>
        <translation>텐서 이름과 파일 이름으로 된 객체</translation>
    </message>
    <message>
        <source>%1 has no tensor &quot;%2&quot;, which %3 says it has.</source>
        <translation>%1에 텐서 &quot;%2&quot;이(가) 없습니다. %3에는 있다고 되어 있습니다.</translation>
    </message>
    <message>
        <source>%1 has no tensor &quot;%2&quot; %3.</source>
        <translation>%1에 텐서 &quot;%2&quot; %3이(가) 없습니다.</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2.</source>
        <translation>%1을(를) 읽을 수 없습니다: %2.</translation>
    </message>
    <message>
        <source>%1 has %2 bytes; expected at most %3.</source>
        <translation>%1의 크기가 %2바이트입니다. 최대 %3바이트여야 합니다.</translation>
    </message>
    <message>
        <source>a whole number from %1 to %2</source>
        <translation>%1부터 %2까지의 정수</translation>
    </message>
    <message>
        <source>%1 is not a folder.</source>
        <translation>%1은(는) 폴더가 아닙니다.</translation>
    </message>
    <message>
        <source>one of %1</source>
        <translation>%1 중 하나</translation>
    </message>
    <message>
        <source>a number that divides %1 (%2)</source>
        <translation>%1(%2)의 약수</translation>
    </message>
    <message>
        <source>false: only encoders can be shown</source>
        <translation>false(인코더만 볼 수 있음)</translation>
    </message>
    <message>
        <source>an encoder that is supported (%1)</source>
        <translation>지원하는 인코더(%1)</translation>
    </message>
    <message>
        <source>data_offsets within the %1 bytes of data</source>
        <translation>데이터 %1바이트 안의 data_offsets</translation>
    </message>
    <message>
        <source>as many bytes as %1 of %2 has</source>
        <translation>%2 형식 %1의 바이트 수</translation>
    </message>
    <message>
        <source>data that begins at offset %1, without gap or overlap</source>
        <translation>빈틈이나 겹침 없이 오프셋 %1에서 시작하는 데이터</translation>
    </message>
    <message>
        <source>%1: expected a file of %2 bytes by its header, found %3 bytes.</source>
        <translation>%1: 헤더에 따르면 %2바이트여야 하는데 실제로는 %3바이트입니다.</translation>
    </message>
    <message>
        <source>%1 is no safetensors file: expected at least 8 bytes, found %2.</source>
        <translation>%1은(는) safetensors 파일이 아닙니다. 8바이트 이상이어야 하는데 %2바이트입니다.</translation>
    </message>
    <message>
        <source>%1 is no safetensors file, or cut off: expected a header of at most %2 bytes, found a length of %3.</source>
        <translation>%1은(는) safetensors 파일이 아니거나 잘린 파일입니다. 헤더는 최대 %2바이트여야 하는데 길이가 %3(으)로 되어 있습니다.</translation>
    </message>
    <message>
        <source>%1: the header has the tensor &quot;%2&quot; more than once.</source>
        <translation>%1: 헤더에 텐서 &quot;%2&quot;이(가) 두 번 이상 있습니다.</translation>
    </message>
    <message>
        <source>%1 has no tensor &quot;%2&quot;.</source>
        <translation>%1에 텐서 &quot;%2&quot;이(가) 없습니다.</translation>
    </message>
    <message>
        <source>numbers that fit F16 (up to 65504)</source>
        <translation>F16에 들어가는 수(65504 이하)</translation>
    </message>
    <message>
        <source>%1, field &quot;%2&quot;: expected %3, found %4.</source>
        <extracomment>%1: file, %2: field of the file</extracomment>
        <translation>%1, 필드 &quot;%2&quot;: 필요한 값은 %3, 실제 값은 %4입니다.</translation>
    </message>
    <message>
        <source>a shape: a list of whole numbers from 0 on</source>
        <translation>0 이상의 정수 목록인 모양</translation>
    </message>
    <message>
        <source>no list</source>
        <translation>목록이 아닌 값</translation>
    </message>
    <message>
        <source>an object with dtype, shape, data_offsets</source>
        <translation>dtype, shape, data_offsets가 있는 객체</translation>
    </message>
    <message>
        <source>something else</source>
        <translation>다른 값</translation>
    </message>
    <message>
        <source>a known dtype, such as F32, F16 or BF16</source>
        <translation>F32, F16, BF16 같은 알려진 dtype</translation>
    </message>
    <message>
        <source>%1 bytes</source>
        <translation>%1바이트</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is neither a folder nor a model in %2.</source>
        <translation>&quot;%1&quot;은(는) 폴더도 아니고 %2에 있는 모델도 아닙니다.</translation>
    </message>
    <message>
        <source>%1 was changed by another program while it was open: it had %2 bytes and has %3 now. Open the model again.</source>
        <translation>%1이(가) 열려 있는 동안 다른 프로그램이 바꾸었습니다. %2바이트였는데 지금은 %3바이트입니다. 모델을 다시 여세요.</translation>
    </message>
    <message>
        <source>%1: expected a file, found a folder, pipe or device.</source>
        <translation>%1: 파일이어야 하는데 폴더, 파이프 또는 장치입니다.</translation>
    </message>
    <message>
        <source>%1 has the tensors of several models: expected one, found &quot;%2&quot; and &quot;%3&quot;.</source>
        <translation>%1에 여러 모델의 텐서가 들어 있습니다. 한 모델이어야 하는데 &quot;%2&quot;와 &quot;%3&quot;이(가) 있습니다.</translation>
    </message>
    <message>
        <source>%1: expected tensors &quot;%2…&quot;, as config.json has it, found &quot;%3…&quot;.</source>
        <translation>%1: config.json에 따르면 텐서 이름이 &quot;%2…&quot;로 시작해야 하는데 &quot;%3…&quot;로 시작합니다.</translation>
    </message>
    <message>
        <source>The weights in %1 do not fit into memory.</source>
        <translation>%1의 가중치가 메모리에 다 들어가지 않습니다.</translation>
    </message>
    <message>
        <source>%1 can be neither mapped (%2) nor read into memory: it has %3 bytes.</source>
        <translation>%1을(를) 메모리에 매핑할 수도(%2) 읽어 들일 수도 없습니다. 크기가 %3바이트입니다.</translation>
    </message>
    <message>
        <source>no pruned heads: all layers with all heads</source>
        <translation>잘라 낸 헤드 없이 모든 층에 모든 헤드가 있는 것</translation>
    </message>
    <message>
        <source>none: weights that are not quantized</source>
        <translation>없음: 양자화하지 않은 가중치</translation>
    </message>
    <message>
        <source>Masked words are not predicted: config.json says that the decoder is not the embedding table (tie_word_embeddings), and there is no other.</source>
        <translation>가린 단어를 예측하지 않습니다. config.json에는 디코더가 임베딩 표가 아니라고 되어 있는데(tie_word_embeddings) 다른 디코더가 없습니다.</translation>
    </message>
    <message>
        <source>Sentences are not classified: the pooler, which the classifier reads, is missing.</source>
        <translation>문장을 분류하지 않습니다. 분류기가 읽는 풀러가 없습니다.</translation>
    </message>
    <message>
        <source>The head for multiple choice is left out: it scores a question with each of several answers, and there is one text here.</source>
        <translation>객관식용 출력 헤드는 뺐습니다. 질문에 여러 답을 하나씩 붙여 점수를 매기는 헤드인데 여기서는 글이 하나뿐입니다.</translation>
    </message>
    <message>
        <source>a folder below this one</source>
        <translation>이 폴더 아래의 폴더</translation>
    </message>
    <message>
        <source>%1 has an adapter (LoRA) for the model &quot;%2&quot;, and no model: expected config.json. Open the model itself, or save it with the adapter merged into it.</source>
        <translation>%1에는 모델 &quot;%2&quot;에 쓰는 어댑터(LoRA)만 있고 모델이 없습니다. config.json이 있어야 합니다. 원래 모델을 열거나, 어댑터를 합쳐서 저장한 모델을 여세요.</translation>
    </message>
    <message>
        <source>%1 has no config.json: expected a model&apos;s folder. There is one in %2.</source>
        <translation>%1에 config.json이 없습니다. 모델 폴더를 골라야 합니다. %2에는 있습니다.</translation>
    </message>
    <message>
        <source>%1 has no config.json: expected a model&apos;s folder.</source>
        <translation>%1에 config.json이 없습니다. 모델 폴더를 골라야 합니다.</translation>
    </message>
    <message>
        <source>from 1 to %1 names</source>
        <translation>이름 1개부터 %1개까지</translation>
    </message>
    <message>
        <source>Transformer, Pooling, then other steps, in this order</source>
        <translation>Transformer, Pooling, 그다음 다른 단계의 순서</translation>
    </message>
    <message>
        <source>a step &quot;Pooling&quot;</source>
        <translation>&quot;Pooling&quot; 단계</translation>
    </message>
    <message>
        <source>none</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>The model has no vector of a sentence: %1</source>
        <translation>이 모델로는 문장 벡터를 만들 수 없습니다. %1</translation>
    </message>
    <message>
        <source>floats (F32, F64, F16, BF16, F8_E4M3 or F8_E5M2)</source>
        <translation>실수(F32, F64, F16, BF16, F8_E4M3, F8_E5M2)</translation>
    </message>
    <message>
        <source>%1: expected a dictionary of tensors, found something else, such as a whole model.</source>
        <translation>%1: 텐서 사전이어야 하는데 모델 전체와 같은 다른 것이 들어 있습니다.</translation>
    </message>
    <message>
        <source>one such entry</source>
        <translation>그런 항목 하나</translation>
    </message>
    <message>
        <source>several</source>
        <translation>여러 개</translation>
    </message>
    <message>
        <source>an entry as torch.save() writes it</source>
        <translation>torch.save()가 쓰는 형식의 항목</translation>
    </message>
    <message>
        <source>a tensor as torch.save() writes it</source>
        <translation>torch.save()가 쓰는 형식의 텐서</translation>
    </message>
    <message>
        <source>at most %1 dimensions</source>
        <translation>최대 %1차원</translation>
    </message>
    <message>
        <source>sizes and strides from 0 on</source>
        <translation>0 이상의 크기와 스트라이드</translation>
    </message>
    <message>
        <source>a tensor</source>
        <translation>텐서</translation>
    </message>
    <message>
        <source>numbers of a known type</source>
        <translation>알려진 유형의 수</translation>
    </message>
    <message>
        <source>an entry &quot;%1&quot; of the file</source>
        <translation>파일 안의 항목 &quot;%1&quot;</translation>
    </message>
    <message>
        <source>%1 within the %2 numbers that are stored, each once</source>
        <translation>저장된 수 %2개 안에 들어가고 수가 겹치지 않는 %1</translation>
    </message>
    <message>
        <source>offset %1, strides %2</source>
        <translation>오프셋 %1, 스트라이드 %2</translation>
    </message>
    <message>
        <source>tensors that take no more bytes than the file has</source>
        <translation>모두 합쳐도 파일 크기를 넘지 않는 텐서들</translation>
    </message>
    <message>
        <source>tensors over each other</source>
        <translation>서로 겹치는 텐서들</translation>
    </message>
    <message>
        <source>%1 is in the format that PyTorch wrote before version 1.6, which is not read. Save it again once, in Python:
import torch
torch.save(torch.load(&quot;%1&quot;, map_location=&quot;cpu&quot;, weights_only=True), &quot;%1&quot;)</source>
        <translation>%1은(는) PyTorch 1.6 이전 형식이라 읽을 수 없습니다. Python에서 한 번 다시 저장하세요.
import torch
torch.save(torch.load(&quot;%1&quot;, map_location=&quot;cpu&quot;, weights_only=True), &quot;%1&quot;)</translation>
    </message>
    <message>
        <source>%1 is no file that torch.save() wrote: expected a zip file.</source>
        <translation>%1은(는) torch.save()가 쓴 파일이 아닙니다. zip 파일이어야 합니다.</translation>
    </message>
    <message>
        <source>%1: its list of tensors is broken: %2, at byte %3 of it.</source>
        <translation>%1: 텐서 목록이 잘못되었습니다. 목록의 %3번째 바이트: %2.</translation>
    </message>
    <message>
        <source>it ends too early</source>
        <translation>너무 일찍 끝남</translation>
    </message>
    <message>
        <source>a value is missing</source>
        <translation>값이 없음</translation>
    </message>
    <message>
        <source>a mark is missing</source>
        <translation>표시가 없음</translation>
    </message>
    <message>
        <source>more than %1 values</source>
        <translation>값이 %1개를 넘음</translation>
    </message>
    <message>
        <source>%1 wants &quot;%2&quot; to be run when it is opened. Weights need nothing of the kind, so the file is refused; nothing of it was run.</source>
        <translation>%1은(는) 열릴 때 &quot;%2&quot;을(를) 실행하려고 합니다. 가중치에는 그럴 필요가 없으므로 이 파일은 열지 않습니다. 아무것도 실행하지 않았습니다.</translation>
    </message>
    <message>
        <source>what is added to is no list or dictionary</source>
        <translation>목록이나 사전이 아닌 것에 값을 더함</translation>
    </message>
    <message>
        <source>what is called has no name</source>
        <translation>이름 없는 것을 호출함</translation>
    </message>
    <message>
        <source>a dictionary is not made of pairs</source>
        <translation>사전이 쌍으로 이루어지지 않음</translation>
    </message>
    <message>
        <source>it refers to a value that is not there</source>
        <translation>없는 값을 가리킴</translation>
    </message>
    <message>
        <source>a number of %1 bytes</source>
        <translation>%1바이트짜리 수</translation>
    </message>
    <message>
        <source>the opcode 0x%1, which no dictionary of tensors needs</source>
        <translation>텐서 사전에는 쓰이지 않는 명령 0x%1</translation>
    </message>
    <message>
        <source>%1: its list of tensors has %2 bytes; expected at most %3.</source>
        <translation>%1: 텐서 목록이 %2바이트입니다. %3바이트까지만 읽습니다.</translation>
    </message>
    <message>
        <source>an adapter (LoRA) without its model</source>
        <translation>모델 없이 어댑터(LoRA)만</translation>
    </message>
    <message>
        <source>ONNX</source>
        <translation>ONNX</translation>
    </message>
    <message>
        <source>TensorFlow</source>
        <translation>TensorFlow</translation>
    </message>
    <message>
        <source>Flax</source>
        <translation>Flax</translation>
    </message>
    <message>
        <source>GGUF</source>
        <translation>GGUF</translation>
    </message>
    <message>
        <source>OpenVINO</source>
        <translation>OpenVINO</translation>
    </message>
    <message>
        <source>PyTorch under another name</source>
        <translation>이름이 다른 PyTorch 파일</translation>
    </message>
    <message>
        <source>safetensors under another name</source>
        <translation>이름이 다른 safetensors 파일</translation>
    </message>
    <message>
        <source>no weights</source>
        <translation>가중치 없음</translation>
    </message>
    <message>
        <source>%1 has no weights that can be read: expected one of %2; found %3.</source>
        <translation>%1에 읽을 수 있는 가중치가 없습니다. 다음 중 하나가 있어야 합니다: %2. 찾은 것: %3.</translation>
    </message>
    <message>
        <source>%1 is a Git LFS pointer, a text that stands for a file of %2 bytes that was not downloaded. Fetch it with &quot;git lfs pull&quot;.</source>
        <translation>%1은(는) Git LFS 포인터입니다. 아직 내려받지 않은 %2바이트 파일을 대신하는 글일 뿐입니다. &quot;git lfs pull&quot;로 받으세요.</translation>
    </message>
    <message>
        <source>the name of a .safetensors or .bin file beside it</source>
        <translation>같은 폴더에 있는 .safetensors 또는 .bin 파일 이름</translation>
    </message>
    <message>
        <source>data within its %1 bytes</source>
        <translation>파일 크기 %1바이트 안의 데이터</translation>
    </message>
    <message>
        <source>%1 bytes from offset %2</source>
        <translation>오프셋 %2부터 %1바이트</translation>
    </message>
    <message>
        <source>%1 is a broken zip file: expected %2, found %3.</source>
        <translation>%1은(는) 잘못된 zip 파일입니다. 있어야 할 것: %2. 찾은 것: %3.</translation>
    </message>
    <message>
        <source>a directory at the end</source>
        <translation>끝에 있는 목차</translation>
    </message>
    <message>
        <source>none: the file is cut off</source>
        <translation>없음(파일이 잘렸습니다)</translation>
    </message>
    <message>
        <source>the entry &quot;%1&quot; at offset %2</source>
        <translation>오프셋 %2의 항목 &quot;%1&quot;</translation>
    </message>
    <message>
        <source>entries one after the other</source>
        <translation>차례로 이어지는 항목들</translation>
    </message>
    <message>
        <source>two over each other at offset %1</source>
        <translation>오프셋 %1에서 서로 겹치는 두 항목</translation>
    </message>
    <message>
        <source>an entry of the directory at offset %1</source>
        <translation>오프셋 %1의 목차 항목</translation>
    </message>
    <message>
        <source>&quot;%1&quot; stored uncompressed</source>
        <translation>압축하지 않고 저장한 &quot;%1&quot;</translation>
    </message>
    <message>
        <source>an encrypted entry</source>
        <translation>암호화된 항목</translation>
    </message>
    <message>
        <source>compression method %1</source>
        <translation>압축 방식 %1</translation>
    </message>
    <message>
        <source>each name once</source>
        <translation>한 번씩만 나오는 이름</translation>
    </message>
    <message>
        <source>The weights are not all finite: they have no singular values.</source>
        <translation>가중치에 유한하지 않은 값이 있어 특잇값이 없습니다.</translation>
    </message>
    <message>
        <source>The files have more layers than the %1 that config.json says (num_hidden_layers); those are left out.</source>
        <translation>파일에 config.json이 말하는 층 수(num_hidden_layers) %1개보다 많은 층이 있어 나머지는 제외됩니다.</translation>
    </message>
    <message>
        <source>The folder has an adapter too (adapter_config.json), which is not applied.</source>
        <translation>폴더에 어댑터(adapter_config.json)도 있지만 적용되지 않습니다.</translation>
    </message>
    <message>
        <source>a model without code of its own</source>
        <translation>자체 코드가 없는 모델</translation>
    </message>
    <message>
        <source>a class of sentence_transformers, not one of its own</source>
        <translation>sentence_transformers의 클래스(모델 자체의 클래스가 아닌 것)</translation>
    </message>
    <message>
        <source>Sentences are not classified: config.json says that the classes of all tokens are averaged (classifier_pooling &quot;late&quot;), which is not computed.</source>
        <translation>문장을 분류하지 않습니다. config.json에 따르면 모든 토큰의 분류를 평균하는데(classifier_pooling “late”) 이 프로그램은 그 계산을 하지 않습니다.</translation>
    </message>
    <message>
        <source>heads of an even width: rotary positions turn pairs of dimensions</source>
        <translation>너비가 짝수인 헤드(회전 위치는 차원을 쌍으로 회전합니다)</translation>
    </message>
    <message>
        <source>a list of %1 names</source>
        <translation>이름 %1개의 목록</translation>
    </message>
    <message>
        <source>0: a convolution beside the first layer is not computed</source>
        <translation>0(첫 층 옆의 합성곱은 계산하지 않습니다)</translation>
    </message>
    <message>
        <source>from 2 to less than twice the greatest distance</source>
        <translation>2 이상, 가장 먼 거리의 두 배 미만</translation>
    </message>
    <message>
        <source>The model %1 cannot be written: config.json of this program&apos;s own models has no words for rotary and disentangled positions, gates and windows.</source>
        <translation>모델 %1은(는) 저장할 수 없습니다. 이 프로그램의 config.json으로는 회전 위치, 분리된 위치, 게이트, 윈도를 나타낼 수 없습니다.</translation>
    </message>
    <message>
        <source>Masked words are not predicted: the head for them is DeBERTa&apos;s own (lm_predictions), which is not computed.</source>
        <translation>가린 단어를 예측하지 않습니다. 예측하는 헤드가 DeBERTa 고유의 것(lm_predictions)이라 계산하지 않습니다.</translation>
    </message>
    <message>
        <source>%1 is not known; one of %2 was expected.</source>
        <translation>%1은(는) 알 수 없는 이름입니다. %2 가운데 하나여야 합니다.</translation>
    </message>
    <message>
        <source>finite numbers</source>
        <translation>유한한 수</translation>
    </message>
    <message>
        <source>others</source>
        <translation>그렇지 않은 수</translation>
    </message>
    <message>
        <source>more than a quarter of %1 (%2)</source>
        <translation>%1(%2)의 4분의 1보다 큰 값</translation>
    </message>
    <message>
        <source>The files have a decoder too, which is left out: only encoders can be shown.</source>
        <translation>파일에 디코더도 있지만 제외합니다. 인코더만 볼 수 있습니다.</translation>
    </message>
</context>
<context>
    <name>Neurons</name>
    <message>
        <source>reads (W_1)</source>
        <translation>읽기 (W_1)</translation>
    </message>
    <message>
        <source>value reads (V)</source>
        <translation>값 읽기 (V)</translation>
    </message>
    <message>
        <source>adds (W_2)</source>
        <translation>더하기 (W_2)</translation>
    </message>
    <message>
        <source>What neuron %1 reads and adds</source>
        <translation>뉴런 %1의 가중치: 읽는 것과 더하는 것</translation>
    </message>
    <message>
        <source>piece</source>
        <translation>조각</translation>
    </message>
    <message>
        <source>change of the logit</source>
        <translation>로짓의 변화</translation>
    </message>
    <message>
        <source>Words that neuron %1 pushes at %2</source>
        <translation>%2에서 뉴런 %1의 단어: 올리는 것과 내리는 것</translation>
    </message>
    <message>
        <source>its output times 1, straight to the masked-word head; its activation here is %1</source>
        <translation>출력을 1배 하여 곧바로 가려진 단어 헤드에 넣음, 여기서의 활성화 값은 %1</translation>
    </message>
</context>
<context>
    <name>NonFinite</name>
    <message>
        <source>embedding of the token</source>
        <translation>토큰 임베딩</translation>
    </message>
    <message>
        <source>scaled embedding</source>
        <translation>스케일된 임베딩</translation>
    </message>
    <message>
        <source>positional encoding</source>
        <translation>위치 인코딩</translation>
    </message>
    <message>
        <source>embedding of the token type</source>
        <translation>토큰 유형 임베딩</translation>
    </message>
    <message>
        <source>sum of the embeddings</source>
        <translation>임베딩의 합</translation>
    </message>
    <message>
        <source>layer norm of the embeddings</source>
        <translation>임베딩의 층 정규화</translation>
    </message>
    <message>
        <source>output of the embedding</source>
        <translation>임베딩의 출력</translation>
    </message>
    <message>
        <source>attention scores</source>
        <translation>어텐션 점수</translation>
    </message>
    <message>
        <source>attention weights</source>
        <translation>어텐션 가중치</translation>
    </message>
    <message>
        <source>layer norm before the attention</source>
        <translation>어텐션 앞의 층 정규화</translation>
    </message>
    <message>
        <source>queries</source>
        <translation>쿼리</translation>
    </message>
    <message>
        <source>keys</source>
        <translation>키</translation>
    </message>
    <message>
        <source>values</source>
        <translation>값</translation>
    </message>
    <message>
        <source>concatenated heads</source>
        <translation>이어 붙인 헤드 출력</translation>
    </message>
    <message>
        <source>output of the attention</source>
        <translation>어텐션의 출력</translation>
    </message>
    <message>
        <source>sum after the attention</source>
        <translation>어텐션 뒤의 합</translation>
    </message>
    <message>
        <source>layer norm after the attention</source>
        <translation>어텐션 뒤의 층 정규화</translation>
    </message>
    <message>
        <source>layer norm before the FFN</source>
        <translation>FFN 앞의 층 정규화</translation>
    </message>
    <message>
        <source>FFN before the activation</source>
        <translation>활성화 함수 앞의 FFN</translation>
    </message>
    <message>
        <source>FFN after the activation</source>
        <translation>활성화 함수 뒤의 FFN</translation>
    </message>
    <message>
        <source>output of the FFN</source>
        <translation>FFN의 출력</translation>
    </message>
    <message>
        <source>sum after the FFN</source>
        <translation>FFN 뒤의 합</translation>
    </message>
    <message>
        <source>output of the layer</source>
        <translation>층의 출력</translation>
    </message>
    <message>
        <source>last layer norm</source>
        <translation>마지막 층 정규화</translation>
    </message>
    <message>
        <source>layer %1</source>
        <translation>%1층</translation>
    </message>
    <message>
        <source>head %1</source>
        <translation>헤드 %1</translation>
    </message>
    <message>
        <source>token %1 (%2)</source>
        <translation>토큰 %1 (%2)</translation>
    </message>
    <message>
        <source>%1 first arises here: %2.</source>
        <extracomment>%1: NaN or infinity, %2: &quot;layer 2, attention weights, head 3, token 4 (cat)&quot;</extracomment>
        <translation>%1이(가) 처음 나오는 곳: %2.</translation>
    </message>
    <message>
        <source>An infinity</source>
        <translation>무한대</translation>
    </message>
    <message>
        <source>embedding of the task type</source>
        <translation>과제 유형 임베딩</translation>
    </message>
    <message>
        <source>queries before the rotation</source>
        <translation>회전 전 쿼리</translation>
    </message>
    <message>
        <source>keys before the rotation</source>
        <translation>회전 전 키</translation>
    </message>
    <message>
        <source>gate of the FFN</source>
        <translation>FFN의 게이트</translation>
    </message>
    <message>
        <source>value of the FFN, before the gate</source>
        <translation>게이트를 곱하기 전 FFN의 값</translation>
    </message>
</context>
<context>
    <name>Pages</name>
    <message>
        <source>neuron</source>
        <translation>뉴런</translation>
    </message>
    <message>
        <source>activation</source>
        <translation>활성값</translation>
    </message>
    <message>
        <source>Strongest neurons of %1</source>
        <translation>%1에서 가장 크게 활성화된 뉴런</translation>
    </message>
    <message>
        <source>before</source>
        <translation>활성화 전</translation>
    </message>
    <message>
        <source>after</source>
        <translation>활성화 후</translation>
    </message>
    <message>
        <source>neurons of %1</source>
        <translation>%1의 뉴런</translation>
    </message>
    <message>
        <source>Activation function: %1</source>
        <translation>활성화 함수: %1</translation>
    </message>
    <message>
        <source>token</source>
        <translation>토큰</translation>
    </message>
    <message>
        <source>Neuron %1 over all tokens</source>
        <translation>모든 토큰에서 뉴런 %1</translation>
    </message>
    <message>
        <source>hidden state</source>
        <translation>은닉 상태</translation>
    </message>
    <message>
        <source>added by attention</source>
        <translation>어텐션이 더한 값</translation>
    </message>
    <message>
        <source>added by the FFN</source>
        <translation>FFN이 더한 값</translation>
    </message>
    <message>
        <source>layer (0: embedding)</source>
        <translation>층 (0: 임베딩)</translation>
    </message>
    <message>
        <source>length</source>
        <translation>길이</translation>
    </message>
    <message>
        <source>%1 through the layers</source>
        <translation>층에 따른 %1의 변화</translation>
    </message>
    <message>
        <source>probability</source>
        <translation>확률</translation>
    </message>
    <message>
        <source>Predicted at position %1, %2</source>
        <translation>위치 %1(%2)에서 예측한 단어</translation>
    </message>
    <message>
        <source>Class of the sentence</source>
        <translation>문장의 분류</translation>
    </message>
    <message>
        <source>the model&apos;s pooler: tanh of a dense layer over the first token</source>
        <translation>모델의 풀러: 첫 토큰을 완전 연결층에 통과시킨 뒤 tanh</translation>
    </message>
    <message>
        <source>mean of the sentence&apos;s tokens</source>
        <translation>문장 토큰의 평균</translation>
    </message>
    <message>
        <source>embedding</source>
        <translation>임베딩</translation>
    </message>
    <message>
        <source>layer %1</source>
        <translation>%1층</translation>
    </message>
    <message>
        <source>cosine similarity</source>
        <translation>코사인 유사도</translation>
    </message>
    <message>
        <source>Similarity of the tokens: %1</source>
        <translation>토큰 사이의 유사도: %1</translation>
    </message>
    <message>
        <source>component %1 (%2 % of the variance)</source>
        <translation>주성분 %1 (분산의 %2 %)</translation>
    </message>
    <message>
        <source>Principal components of the hidden states: %1</source>
        <translation>은닉 상태의 주성분: %1</translation>
    </message>
    <message>
        <source>token after layer %1</source>
        <translation>%1층을 지난 토큰</translation>
    </message>
    <message>
        <source>input token</source>
        <translation>입력 토큰</translation>
    </message>
    <message>
        <source>share</source>
        <translation>비율</translation>
    </message>
    <message>
        <source>Attention rollout through layers 1 to %1</source>
        <translation>%1층까지의 어텐션 롤아웃</translation>
    </message>
    <message>
        <source>head %1</source>
        <translation>헤드 %1</translation>
    </message>
    <message>
        <source>Attention lines: layer %1, all heads</source>
        <translation>어텐션 선: %1층, 모든 헤드</translation>
    </message>
    <message>
        <source>Attention lines: layer %1, head %2</source>
        <translation>어텐션 선: %1층, 헤드 %2</translation>
    </message>
    <message>
        <source>position</source>
        <translation>위치</translation>
    </message>
    <message>
        <source>value</source>
        <translation>값</translation>
    </message>
    <message>
        <source>Positional encoding: curves of the dimensions</source>
        <translation>위치 인코딩: 차원별 곡선</translation>
    </message>
    <message>
        <source>Learned positions: curves of the dimensions</source>
        <translation>학습된 위치: 차원별 곡선</translation>
    </message>
    <message>
        <source>dimension</source>
        <translation>차원</translation>
    </message>
    <message>
        <source>Position × dimension</source>
        <translation>위치 × 차원</translation>
    </message>
    <message>
        <source>Position × dimension (learned)</source>
        <translation>위치 × 차원 (학습됨)</translation>
    </message>
    <message>
        <source>dot product</source>
        <translation>내적</translation>
    </message>
    <message>
        <source>Dot product of positions</source>
        <translation>위치 사이의 내적</translation>
    </message>
    <message>
        <source>P[%1, %2] = &lt;b&gt;%3&lt;/b&gt;, learned by training</source>
        <translation>P[%1, %2] = &lt;b&gt;%3&lt;/b&gt;, 학습으로 얻은 값</translation>
    </message>
    <message>
        <source>wavelength %1 positions</source>
        <translation>파장: %1칸</translation>
    </message>
    <message>
        <source>%1 · entropy %2 bits · distance %3 · itself %4 · previous %5 · next %6 · special %7</source>
        <translation>%1 · 엔트로피 %2비트 · 거리 %3 · 자기 자신 %4 · 앞 %5 · 뒤 %6 · 특수 토큰 %7</translation>
    </message>
    <message>
        <source>score</source>
        <translation>점수</translation>
    </message>
    <message>
        <source>Score of the sentence</source>
        <translation>문장의 점수</translation>
    </message>
    <message>
        <source>first token</source>
        <translation>첫 토큰</translation>
    </message>
    <message>
        <source>last token</source>
        <translation>마지막 토큰</translation>
    </message>
    <message>
        <source>mean of all tokens</source>
        <translation>모든 토큰의 평균</translation>
    </message>
    <message>
        <source>sum of all tokens divided by the square root of their number</source>
        <translation>모든 토큰의 합을 토큰 수의 제곱근으로 나눈 값</translation>
    </message>
    <message>
        <source>mean of all tokens, weighted by position</source>
        <translation>위치를 가중치로 한 모든 토큰의 평균</translation>
    </message>
    <message>
        <source>greatest value of each dimension</source>
        <translation>차원마다 가장 큰 값</translation>
    </message>
    <message>
        <source>a dense layer</source>
        <translation>완전 연결층</translation>
    </message>
    <message>
        <source>layer norm</source>
        <translation>층 정규화</translation>
    </message>
    <message>
        <source>scaled to length 1</source>
        <translation>길이를 1로 맞춤</translation>
    </message>
    <message>
        <source>%1; each sentence alone</source>
        <translation>%1 (문장마다 따로)</translation>
    </message>
    <message>
        <source>, behind the prompt “%1”</source>
        <translation>, 앞에 붙는 프롬프트 “%1”</translation>
    </message>
    <message numerus="yes">
        <source>, of %n tokens at most</source>
        <translation>
            <numerusform>, 최대 %n토큰</numerusform>
        </translation>
    </message>
    <message>
        <source>Vector of sentence B</source>
        <translation>문장 B의 벡터</translation>
    </message>
    <message>
        <source>Vector of sentence A</source>
        <translation>문장 A의 벡터</translation>
    </message>
    <message>
        <source>dim %1</source>
        <translation>%1번 차원</translation>
    </message>
    <message>
        <source>colours end where 99.5 % of the values do</source>
        <translation>색은 값의 99.5 %까지</translation>
    </message>
    <message>
        <source>No token has a label.</source>
        <translation>레이블이 붙은 토큰이 없습니다.</translation>
    </message>
    <message>
        <source>There is no text to find an answer in.</source>
        <translation>답을 찾을 텍스트가 없습니다.</translation>
    </message>
    <message>
        <source>Likeliest answers: %1</source>
        <translation>가장 그럴듯한 답: %1</translation>
    </message>
    <message>
        <source>No token is taken for a replaced one.</source>
        <translation>바뀐 것으로 보이는 토큰이 없습니다.</translation>
    </message>
    <message>
        <source>Taken for replaced: %1</source>
        <translation>바뀐 것으로 보는 토큰: %1</translation>
    </message>
    <message>
        <source>label</source>
        <translation>레이블</translation>
    </message>
    <message>
        <source>Labels of the tokens</source>
        <translation>토큰의 레이블</translation>
    </message>
    <message>
        <source>first</source>
        <translation>처음</translation>
    </message>
    <message>
        <source>last</source>
        <translation>끝</translation>
    </message>
    <message>
        <source>Where the answer begins and ends</source>
        <translation>답이 시작하고 끝나는 곳</translation>
    </message>
    <message>
        <source>Replaced tokens, as the model takes them</source>
        <translation>모델이 바뀌었다고 보는 토큰</translation>
    </message>
    <message>
        <source>%1 (logit %2)</source>
        <extracomment>%1: a class, %2: its score before the softmax or sigmoid</extracomment>
        <translation>%1(로짓 %2)</translation>
    </message>
    <message>
        <source>%1, and %2 more</source>
        <translation>%1 외 %2개</translation>
    </message>
    <message>
        <source>dimension i</source>
        <translation>차원 i</translation>
    </message>
    <message>
        <source>dimension i + d_k/2</source>
        <translation>차원 i + d_k/2</translation>
    </message>
    <message>
        <source>pair %1, by %2°</source>
        <extracomment>%1: the number of a pair of dimensions, %2: degrees</extracomment>
        <translation>쌍 %1, %2°</translation>
    </message>
    <message>
        <source>How the key of %1 turns at position %2</source>
        <translation>위치 %2에서 %1의 키가 회전하는 모습</translation>
    </message>
    <message>
        <source>How the query of %1 turns at position %2</source>
        <translation>위치 %2에서 %1의 쿼리가 회전하는 모습</translation>
    </message>
    <message>
        <source>distance of query and key</source>
        <translation>쿼리와 키의 거리</translation>
    </message>
    <message>
        <source>added to the scaled score</source>
        <translation>스케일된 점수에 더하는 값</translation>
    </message>
    <message>
        <source>head %1: slope %2</source>
        <translation>헤드 %1: 기울기 %2</translation>
    </message>
    <message>
        <source>What each head takes off for the distance</source>
        <translation>헤드마다 거리에 따라 빼는 값</translation>
    </message>
    <message>
        <source>position of the key − position of the query</source>
        <translation>키의 위치 − 쿼리의 위치</translation>
    </message>
    <message>
        <source>What each head of layer %1 adds for the distance</source>
        <translation>%1층의 헤드마다 거리에 따라 더하는 값</translation>
    </message>
    <message>
        <source>What each head adds for the distance</source>
        <translation>헤드마다 거리에 따라 더하는 값</translation>
    </message>
</context>
<context>
    <name>Parameter</name>
    <message>
        <source>one of %1</source>
        <translation>%1 중 하나</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true 또는 false</translation>
    </message>
    <message>
        <source>a number from %1 to %2</source>
        <translation>%1부터 %2까지의 수</translation>
    </message>
    <message>
        <source>a text of at most %1 characters</source>
        <translation>%1자 이하의 텍스트</translation>
    </message>
    <message>
        <source>a whole number from %1 to %2</source>
        <translation>%1부터 %2까지의 정수</translation>
    </message>
    <message>
        <source>expected %1, found %2.</source>
        <translation>%1이(가) 있어야 하는데 %2이(가) 있습니다.</translation>
    </message>
</context>
<context>
    <name>Predictions</name>
    <message>
        <source>The model %1 has no masked-word prediction.</source>
        <translation>모델 %1에는 가린 단어 예측이 없습니다.</translation>
    </message>
    <message>
        <source>The model %1 has no pooler.</source>
        <translation>모델 %1에는 풀러가 없습니다.</translation>
    </message>
    <message>
        <source>The model %1 does not say how to make one vector of a sentence.</source>
        <translation>모델 %1에는 문장을 벡터 하나로 만드는 방법이 없습니다.</translation>
    </message>
    <message>
        <source>The model %1 does not classify sentences.</source>
        <translation>모델 %1은(는) 문장을 분류하지 않습니다.</translation>
    </message>
    <message>
        <source>The model %1 does not classify tokens.</source>
        <translation>모델 %1은(는) 토큰을 분류하지 않습니다.</translation>
    </message>
    <message>
        <source>The model %1 does not answer questions.</source>
        <translation>모델 %1은(는) 질문에 답하지 않습니다.</translation>
    </message>
    <message>
        <source>The model %1 has no discriminator.</source>
        <translation>모델 %1에는 판별기가 없습니다.</translation>
    </message>
</context>
<context>
    <name>Reference</name>
    <message>
        <source>Run %1</source>
        <translation>실행 %1</translation>
    </message>
    <message>
        <source>This run was recorded: only another run can be compared with it.</source>
        <translation>기록된 실행입니다. 다른 실행과만 비교할 수 있습니다.</translation>
    </message>
    <message>
        <source>There is no sentence B to compare with.</source>
        <translation>비교할 문장 B가 없습니다.</translation>
    </message>
    <message>
        <source>No token is replaced by the mask token: there is nothing to compare with. Double-click a word.</source>
        <translation>마스크 토큰으로 바꾼 토큰이 없어 비교할 것이 없습니다. 단어를 두 번 클릭하세요.</translation>
    </message>
    <message>
        <source>No earlier training step of this model has been shown.</source>
        <translation>이 모델의 이전 학습 단계를 보여 준 적이 없습니다.</translation>
    </message>
    <message>
        <source>There is no run “%1” to compare with.</source>
        <translation>비교할 실행 “%1”이(가) 없습니다.</translation>
    </message>
    <message>
        <source>The model of “%1” is being opened…</source>
        <translation>“%1”의 모델을 여는 중…</translation>
    </message>
    <message>
        <source>The model of “%1” was not opened: %2</source>
        <translation>‘%1’의 모델을 열지 않았습니다: %2</translation>
    </message>
</context>
<context>
    <name>ReferenceMenu</name>
    <message>
        <source>Rename the pinned run</source>
        <translation>고정한 실행의 이름 바꾸기</translation>
    </message>
    <message>
        <source>Name:</source>
        <translation>이름:</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>비교 대상</translation>
    </message>
    <message>
        <source>Rename “%1”…</source>
        <translation>“%1” 이름 바꾸기…</translation>
    </message>
    <message>
        <source>Remove “%1”</source>
        <translation>“%1” 지우기</translation>
    </message>
    <message>
        <source>The same without switches</source>
        <translation>모두 켠 같은 실행</translation>
    </message>
    <message>
        <source>Sentence B as a run of its own</source>
        <translation>문장 B를 따로 실행</translation>
    </message>
    <message>
        <source>The text before masking words</source>
        <translation>단어를 가리기 전의 글</translation>
    </message>
    <message>
        <source>The training step shown before</source>
        <translation>바로 전에 보인 학습 단계</translation>
    </message>
    <message>
        <source>Compare with a recorded run</source>
        <translation>기록된 실행과 비교</translation>
    </message>
    <message>
        <source>Recorded runs</source>
        <translation>기록된 실행</translation>
    </message>
    <message>
        <source>A recorded run…</source>
        <translation>기록된 실행…</translation>
    </message>
</context>
<context>
    <name>Run</name>
    <message>
        <source>There is not enough memory to run %1 on this text.</source>
        <translation>이 텍스트로 %1을(를) 실행하기에는 메모리가 부족합니다.</translation>
    </message>
</context>
<context>
    <name>Series</name>
    <message>
        <source>the steps of “%1”</source>
        <translation>“%1”의 단계</translation>
    </message>
    <message>
        <source>“%1” from the lowest layer to the highest</source>
        <translation>“%1”, 맨 아래층에서 맨 위층까지</translation>
    </message>
    <message>
        <source>“%1” through the training</source>
        <translation>“%1”, 학습 과정 전체</translation>
    </message>
    <message>
        <source>step %1</source>
        <translation>%1단계</translation>
    </message>
</context>
<context>
    <name>SessionFile</name>
    <message>
        <source>one of %1</source>
        <translation>%1 중 하나</translation>
    </message>
    <message>
        <source>a text of at most %1 characters</source>
        <translation>%1자 이하의 텍스트</translation>
    </message>
    <message>
        <source>expected at most %1 elements, found %2.</source>
        <translation>원소가 %1개 이하여야 하는데 %2개입니다.</translation>
    </message>
    <message>
        <source>a folder or a name</source>
        <translation>폴더 또는 이름</translation>
    </message>
    <message>
        <source>an absolute path</source>
        <translation>절대 경로</translation>
    </message>
    <message>
        <source>x, y, width and height in cells</source>
        <translation>칸으로 센 x, y, 너비, 높이</translation>
    </message>
    <message>
        <source>a number from %1 to %2</source>
        <translation>%1부터 %2까지의 수</translation>
    </message>
    <message>
        <source>a name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>a name that no other run has</source>
        <translation>다른 실행에 없는 이름</translation>
    </message>
    <message>
        <source>the name of a pinned run; there is none</source>
        <translation>고정한 실행의 이름(고정한 실행이 없음)</translation>
    </message>
    <message>
        <source>what the run is compared with</source>
        <translation>무엇과 비교하는지</translation>
    </message>
    <message>
        <source>a token, a partner, or both</source>
        <translation>토큰이나 짝, 또는 둘 다</translation>
    </message>
</context>
<context>
    <name>Start</name>
    <message>
        <source>The sentence to begin with.</source>
        <translation>처음에 보여 줄 문장.</translation>
    </message>
    <message>
        <source>A second sentence.</source>
        <translation>두 번째 문장.</translation>
    </message>
    <message>
        <source>The page to open, from 1.</source>
        <translation>처음에 열 페이지(1부터).</translation>
    </message>
    <message>
        <source>The layer to select, from 1.</source>
        <translation>선택할 층(1부터).</translation>
    </message>
    <message>
        <source>The head to select, from 1.</source>
        <translation>선택할 헤드(1부터).</translation>
    </message>
    <message>
        <source>The query token to select, from 0.</source>
        <translation>선택할 쿼리 토큰(0부터).</translation>
    </message>
    <message>
        <source>The key token to select, from 0.</source>
        <translation>선택할 키 토큰(0부터).</translation>
    </message>
    <message>
        <source>The language of the window: en or ko.</source>
        <translation>창의 언어: en 또는 ko.</translation>
    </message>
    <message>
        <source>The size of the window, such as 1280x800.</source>
        <translation>창의 크기(예: 1280x800).</translation>
    </message>
    <message>
        <source>--%1 takes a whole number from %2, not &quot;%3&quot;.</source>
        <translation>--%1에는 %2 이상의 정수를 써야 합니다. &quot;%3&quot;은(는) 쓸 수 없습니다.</translation>
    </message>
    <message>
        <source>--%1 takes one of %2, not &quot;%3&quot;.</source>
        <translation>--%1에는 %2 가운데 하나를 써야 합니다. &quot;%3&quot;은(는) 쓸 수 없습니다.</translation>
    </message>
    <message>
        <source>Shows a Transformer encoder at work on a sentence.</source>
        <translation>트랜스포머 인코더가 문장을 처리하는 모습을 보여 줍니다.</translation>
    </message>
    <message>
        <source>Save a picture of the window there as soon as it shows the sentence, and end.</source>
        <translation>창에 문장이 나타나는 대로 창의 그림을 그 파일에 저장하고 끝냅니다.</translation>
    </message>
    <message>
        <source>--size takes WIDTHxHEIGHT, each at most %1, not &quot;%2&quot;.</source>
        <translation>--size에는 너비x높이를 각각 %1 이하로 적어야 합니다. “%2”은(는) 쓸 수 없습니다.</translation>
    </message>
    <message>
        <source>%1: the name&apos;s ending is no format of pictures.</source>
        <translation>%1: 파일 이름의 확장자가 그림 형식이 아닙니다.</translation>
    </message>
    <message>
        <source>There is no layer %1: the model has layers 1 to %2.</source>
        <translation>%1층이 없습니다. 모델의 층은 1부터 %2까지입니다.</translation>
    </message>
    <message>
        <source>There is no head %1: a layer of the model has heads 1 to %2.</source>
        <translation>헤드 %1이(가) 없습니다. 모델의 층에는 헤드가 1부터 %2까지 있습니다.</translation>
    </message>
    <message>
        <source>The animal didn&apos;t cross the street because it was too tired.</source>
        <translation>나는 어제 친구와 영화를 보았다.</translation>
    </message>
    <message>
        <source>A chapter of the course to open, such as attention, or a step of it: attention:6.</source>
        <translation>창에서 열 과정의 장(예: attention) 또는 그 장의 단계(예: attention:6).</translation>
    </message>
    <message>
        <source>--lesson: &quot;%1&quot; is no step; %2 has steps 1 to %3.</source>
        <translation>--lesson: &quot;%1&quot; 단계는 없습니다. %2에는 1부터 %3까지의 단계가 있습니다.</translation>
    </message>
    <message>
        <source>The theme of the window: light, dark or contrast.</source>
        <translation>창의 테마: light, dark, contrast(고대비) 중 하나.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a command and no file of a session or a run; one of %2 was expected, or an option: see --help.</source>
        <translation>&quot;%1&quot;은(는) 명령도, 세션이나 실행의 파일도 아닙니다. %2 중 하나나 옵션이어야 합니다. --help를 보세요.</translation>
    </message>
    <message>
        <source>A session, a lesson, a recorded run, a corpus or minimal pairs (.tsv) to open in the window.</source>
        <translation>창에서 열 세션, 수업, 기록된 실행, 말뭉치 또는 최소 대립쌍(.tsv).</translation>
    </message>
    <message>
        <source>These commands open no window; --help after one lists its options.</source>
        <translation>다음 명령은 창을 열지 않습니다. 명령 뒤에 --help를 붙이면 그 옵션이 나옵니다.</translation>
    </message>
</context>
<context>
    <name>Targets</name>
    <message>
        <source>The vocabulary of the model %1 has no piece “%2”.</source>
        <translation>모델 %1의 어휘에는 조각 “%2”이(가) 없습니다.</translation>
    </message>
    <message>
        <source>The model %1 has no class “%2”; it has %3.</source>
        <translation>모델 %1에는 클래스 “%2”이(가) 없습니다. 있는 것: %3.</translation>
    </message>
    <message>
        <source>logit</source>
        <translation>로짓</translation>
    </message>
    <message>
        <source>log-probability</source>
        <translation>로그 확률</translation>
    </message>
    <message>
        <source>probability</source>
        <translation>확률</translation>
    </message>
    <message>
        <source>The model has no head that predicts masked words.</source>
        <translation>이 모델에는 가린 단어를 예측하는 출력 헤드가 없습니다.</translation>
    </message>
    <message>
        <source>The model has no head that tells classes.</source>
        <translation>이 모델에는 클래스를 알려 주는 출력 헤드가 없습니다.</translation>
    </message>
    <message>
        <source>There is no sentence B to be similar to.</source>
        <translation>비교할 문장 B가 없습니다.</translation>
    </message>
    <message>
        <source>The model %1 predicts nothing; choose a neuron or a hidden state.</source>
        <translation>모델 %1에는 예측 기능이 없습니다. 뉴런이나 은닉 상태를 고르세요.</translation>
    </message>
    <message>
        <source>The token that was to be explained is gone: its characters were edited. Choose another one, or undo the edit.</source>
        <translation>설명하려던 토큰이 없어졌습니다. 그 글자가 바뀌었기 때문입니다. 다른 토큰을 고르거나 편집을 되돌리세요.</translation>
    </message>
    <message>
        <source>Only the numbers of this run are known, not the model: it cannot be run again to explain anything.</source>
        <translation>이 실행은 숫자만 있고 모델이 없어, 설명에 필요한 계산을 다시 할 수 없습니다.</translation>
    </message>
    <message>
        <source>%1 at token %2, %3</source>
        <translation>토큰 %2 %3 자리 %1</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%2의 %1</translation>
    </message>
    <message>
        <source>%1 %2 − %3</source>
        <translation>%2 − %3의 %1</translation>
    </message>
    <message>
        <source>cosine of sentences A and B</source>
        <translation>문장 A와 B의 코사인</translation>
    </message>
    <message>
        <source>neuron %1 of layer %2</source>
        <translation>%2층의 뉴런 %1</translation>
    </message>
    <message>
        <source>the embedding</source>
        <translation>임베딩</translation>
    </message>
    <message>
        <source>the hidden state after layer %1</source>
        <translation>%1층을 지난 은닉 상태</translation>
    </message>
    <message>
        <source>length of %1</source>
        <translation>%1의 길이</translation>
    </message>
    <message>
        <source>dimension %1 of %2</source>
        <translation>%2의 차원 %1</translation>
    </message>
    <message>
        <source>Token %1, “%2”, where the number stands, has no partner in the reference.</source>
        <translation>설명할 수가 있는 토큰 %1, “%2”은(는) 기준에 짝이 없습니다.</translation>
    </message>
</context>
<context>
    <name>TokenStrip</name>
    <message>
        <source>answer</source>
        <translation>답</translation>
    </message>
    <message>
        <source>replaced</source>
        <translation>바뀜</translation>
    </message>
    <message>
        <source>labelled %1 (%2)</source>
        <translation>레이블 %1 (%2)</translation>
    </message>
    <message>
        <source>in the likeliest answer (%1)</source>
        <translation>가장 그럴듯한 답에 속함 (%1)</translation>
    </message>
    <message>
        <source>taken for a replaced token (%1)</source>
        <translation>바뀐 토큰으로 봄 (%1)</translation>
    </message>
    <message>
        <source>not taken for a replaced token (%1)</source>
        <translation>바뀌지 않은 토큰으로 봄 (%1)</translation>
    </message>
</context>
<context>
    <name>Tokenizer</name>
    <message>
        <source>The vocabulary has no &quot;%1&quot;; the tokenizer needs it.</source>
        <translation>어휘에 토크나이저가 필요로 하는 &quot;%1&quot; 조각이 없습니다.</translation>
    </message>
    <message>
        <source>%1: The file cannot be read: %2</source>
        <translation>%1: 파일을 읽을 수 없습니다: %2</translation>
    </message>
    <message>
        <source>The vocabulary is empty; expected one piece a line.</source>
        <translation>어휘가 비어 있습니다. 한 줄에 조각이 하나씩 있어야 합니다.</translation>
    </message>
    <message>
        <source>None of the %1 pieces is &quot;%2&quot;; the tokenizer needs it.</source>
        <translation>조각 %1개 가운데 토크나이저가 필요로 하는 &quot;%2&quot;이(가) 없습니다.</translation>
    </message>
    <message>
        <source>expected a compiled table of characters, found %1 other bytes.</source>
        <translation>컴파일된 문자 표가 있어야 하는데 다른 데이터가 %1바이트 있습니다.</translation>
    </message>
    <message>
        <source>%1: The file is not a whole sentencepiece model.</source>
        <translation>%1: 온전한 sentencepiece 모델이 아닙니다.</translation>
    </message>
    <message>
        <source>%1: The vocabulary has no &quot;%2&quot;; the tokenizer needs it.</source>
        <translation>%1: 어휘에 토크나이저가 필요로 하는 &quot;%2&quot;이(가) 없습니다.</translation>
    </message>
    <message>
        <source>%1: There is no such folder.</source>
        <translation>%1: 그런 폴더가 없습니다.</translation>
    </message>
    <message>
        <source>%1: The folder has no tokenizer; expected one of these files: %2.</source>
        <translation>%1: 폴더에 토크나이저가 없습니다. 다음 파일 가운데 하나가 있어야 합니다: %2.</translation>
    </message>
    <message>
        <source>expected an id from 0 to %1.</source>
        <translation>0부터 %1까지의 ID여야 합니다.</translation>
    </message>
    <message>
        <source>the id %1 is that of &quot;%2&quot; already.</source>
        <translation>ID %1은(는) 이미 &quot;%2&quot;의 것입니다.</translation>
    </message>
    <message>
        <source>the vocabulary has no &quot;%1&quot;.</source>
        <translation>어휘에 &quot;%1&quot;이(가) 없습니다.</translation>
    </message>
    <message>
        <source>expected two pieces.</source>
        <translation>조각 두 개가 있어야 합니다.</translation>
    </message>
    <message>
        <source>the vocabulary lacks &quot;%1&quot;, &quot;%2&quot; or the two together.</source>
        <translation>어휘에 &quot;%1&quot;, &quot;%2&quot; 또는 둘을 합친 조각이 없습니다.</translation>
    </message>
    <message>
        <source>expected a piece and its score.</source>
        <translation>조각과 점수가 있어야 합니다.</translation>
    </message>
    <message>
        <source>the vocabulary is empty.</source>
        <translation>어휘가 비어 있습니다.</translation>
    </message>
    <message>
        <source>expected a token and its id.</source>
        <translation>토큰과 그 ID가 있어야 합니다.</translation>
    </message>
    <message>
        <source>A, then B, each once</source>
        <translation>A 다음에 B, 각각 한 번</translation>
    </message>
    <message>
        <source>the sentence A is missing.</source>
        <translation>문장 A가 없습니다.</translation>
    </message>
    <message>
        <source>two processors add special tokens; supported: one.</source>
        <translation>특수 토큰을 추가하는 후처리기가 둘입니다. 하나만 지원합니다.</translation>
    </message>
    <message>
        <source>the expression &quot;%1&quot; is not understood: %2</source>
        <translation>정규식 &quot;%1&quot;을(를) 이해할 수 없습니다: %2</translation>
    </message>
    <message>
        <source>expected Base64.</source>
        <translation>Base64여야 합니다.</translation>
    </message>
    <message>
        <source>sets within sets are not supported</source>
        <translation>문자 집합 안에 든 문자 집합은 지원하지 않습니다</translation>
    </message>
    <message>
        <source>a set is not closed</source>
        <translation>문자 집합이 닫히지 않았습니다</translation>
    </message>
    <message>
        <source>%1, field &quot;%2&quot;: found &quot;%3&quot;; supported: %4.</source>
        <translation>%1, 필드 &quot;%2&quot;: &quot;%3&quot;이(가) 있습니다. 지원하는 값: %4.</translation>
    </message>
    <message>
        <source>any class with a tokenizer.json</source>
        <translation>tokenizer.json이 있는 모든 클래스</translation>
    </message>
    <message>
        <source>%1: its pieces are those of a sentencepiece model (▁ begins a word); expected one .model file beside it, found %2.</source>
        <translation>%1: sentencepiece 모델의 조각입니다(▁로 단어가 시작됨). 같은 폴더에 .model 파일이 하나 있어야 하는데 %2개 있습니다.</translation>
    </message>
    <message>
        <source>the folder lacks the files of this class: %1.</source>
        <translation>이 클래스에 필요한 파일이 폴더에 없습니다: %1.</translation>
    </message>
    <message>
        <source>A, once</source>
        <translation>A, 한 번만</translation>
    </message>
    <message>
        <source>the sentence B is missing.</source>
        <translation>문장 B가 없습니다.</translation>
    </message>
    <message>
        <source>one character</source>
        <translation>글자 하나</translation>
    </message>
    <message>
        <source>The model&apos;s tokenizer needs too long for this text, or makes it too long: its tokenizer.json has steps (fields &quot;normalizer&quot;, &quot;pre_tokenizer&quot;) that no real tokenizer has.</source>
        <translation>이 모델의 토크나이저는 이 텍스트에 시간이 너무 오래 걸리거나 텍스트를 지나치게 늘립니다. tokenizer.json의 &quot;normalizer&quot;, &quot;pre_tokenizer&quot; 필드에 실제 토크나이저에는 없는 단계가 있습니다.</translation>
    </message>
    <message>
        <source>%1: Piece %2: expected at most %3 characters, found %4.</source>
        <translation>%1: 조각 %2: 최대 %3자여야 하는데 %4자입니다.</translation>
    </message>
    <message>
        <source>Line %1: expected at most %2 characters, found %3.</source>
        <translation>%1번째 줄: 최대 %2자여야 하는데 %3자입니다.</translation>
    </message>
    <message>
        <source>an empty list</source>
        <translation>빈 목록</translation>
    </message>
    <message>
        <source>found &quot;mecab&quot;, but this program was built without MeCab (libmecab-dev).</source>
        <translation>값이 &quot;mecab&quot;이지만 이 프로그램은 MeCab(libmecab-dev) 없이 빌드되었습니다.</translation>
    </message>
    <message>
        <source>MeCab&apos;s dictionary &quot;%1&quot; is needed and not on this computer (%2). Looked for in: %3.</source>
        <translation>MeCab 사전 &quot;%1&quot;이(가) 필요한데 이 컴퓨터에 없습니다(%2). 찾아본 곳: %3.</translation>
    </message>
    <message>
        <source>an empty text</source>
        <translation>빈 글</translation>
    </message>
    <message>
        <source>%1: This program was built without MeCab.</source>
        <translation>%1: 이 프로그램은 MeCab 없이 빌드되었습니다.</translation>
    </message>
    <message>
        <source>MeCab cannot cut the text into words: %1.</source>
        <translation>MeCab이 텍스트를 낱말로 나누지 못합니다: %1.</translation>
    </message>
    <message>
        <source>%1: MeCab cannot read this dictionary: %2.</source>
        <translation>%1: MeCab이 이 사전을 읽지 못합니다: %2.</translation>
    </message>
    <message>
        <source>%1: Expected a dictionary in UTF-8, found %2.</source>
        <translation>%1: UTF-8 사전이 필요한데 %2 사전입니다.</translation>
    </message>
    <message>
        <source>%1: Line %2 is not valid UTF-8: the byte 0x%3 was found.</source>
        <translation>%1: %2번째 줄이 올바른 UTF-8이 아닙니다(바이트 0x%3).</translation>
    </message>
</context>
<context>
    <name>Trace</name>
    <message>
        <source>0, or from %1</source>
        <translation>0 또는 %1 이상</translation>
    </message>
    <message>
        <source>&quot;a&quot;: there is no text_b</source>
        <translation>&quot;a&quot;(text_b가 없음)</translation>
    </message>
    <message>
        <source>at least one token</source>
        <translation>토큰 하나 이상</translation>
    </message>
    <message>
        <source>%1 is no trace: expected the metadata &quot;format&quot;: &quot;%2&quot;, found %3.</source>
        <translation>%1은(는) 실행 기록이 아닙니다. 메타데이터 &quot;format&quot;이 &quot;%2&quot;이어야 하는데 %3입니다.</translation>
    </message>
    <message>
        <source>none</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>%1: expected a trace of version %2, found &quot;%3&quot;.</source>
        <translation>%1: 버전 %2의 실행 기록이어야 하는데 &quot;%3&quot;입니다.</translation>
    </message>
    <message>
        <source>a row for each of %1 tokens, and as many columns for each of %2 heads</source>
        <translation>토큰 %1개마다 한 행, 헤드 %2개마다 같은 수의 열</translation>
    </message>
    <message>
        <source>a row for each of %1 tokens</source>
        <translation>토큰 %1개마다 한 행</translation>
    </message>
    <message>
        <source>whole numbers from 0 on</source>
        <translation>0 이상의 정수</translation>
    </message>
    <message>
        <source>as many columns as the queries have: %1</source>
        <translation>쿼리와 같은 열 수: %1</translation>
    </message>
    <message>
        <source>layers 1 to %1</source>
        <translation>층 1~%1</translation>
    </message>
    <message>
        <source>one more</source>
        <translation>하나 더 있음</translation>
    </message>
    <message>
        <source>the stages of the embedding</source>
        <translation>임베딩의 단계들</translation>
    </message>
    <message>
        <source>queries</source>
        <translation>쿼리</translation>
    </message>
    <message>
        <source>keys</source>
        <translation>키</translation>
    </message>
    <message>
        <source>values</source>
        <translation>값</translation>
    </message>
    <message>
        <source>attention scores</source>
        <translation>어텐션 점수</translation>
    </message>
    <message>
        <source>attention weights</source>
        <translation>어텐션 가중치</translation>
    </message>
    <message>
        <source>concatenated heads</source>
        <translation>이어 붙인 헤드 출력</translation>
    </message>
    <message>
        <source>output of the attention</source>
        <translation>어텐션의 출력</translation>
    </message>
    <message>
        <source>result of the attention sublayer</source>
        <translation>어텐션 부분층의 결과</translation>
    </message>
    <message>
        <source>FFN before the activation</source>
        <translation>활성화 함수 앞의 FFN</translation>
    </message>
    <message>
        <source>FFN after the activation</source>
        <translation>활성화 함수 뒤의 FFN</translation>
    </message>
    <message>
        <source>activation function</source>
        <translation>활성화 함수</translation>
    </message>
    <message>
        <source>output of the FFN</source>
        <translation>FFN의 출력</translation>
    </message>
    <message>
        <source>the model&apos;s weights and its tokenizer</source>
        <translation>모델의 가중치와 토크나이저</translation>
    </message>
    <message>
        <source>%1 (layers %2)</source>
        <translation>%1(층 %2)</translation>
    </message>
    <message>
        <source>a list of %1 values</source>
        <translation>값 %1개의 목록</translation>
    </message>
    <message>
        <source>as many columns as after the rotation: %1</source>
        <translation>회전한 뒤와 같은 열 수: %1</translation>
    </message>
</context>
<context>
    <name>Training</name>
    <message>
        <source>The text “%1” cannot be read: %2</source>
        <translation>텍스트 “%1”을(를) 읽을 수 없습니다: %2</translation>
    </message>
    <message>
        <source>“%1” is not UTF-8 text.</source>
        <translation>“%1”은(는) UTF-8 텍스트가 아닙니다.</translation>
    </message>
    <message>
        <source>There is no text to learn from: “%1” has no line with anything on it.</source>
        <translation>학습할 텍스트가 없습니다. “%1”에 내용이 있는 줄이 없습니다.</translation>
    </message>
    <message>
        <source>The text is too short to learn from: no line of it has two pieces.</source>
        <translation>텍스트가 너무 짧아 학습할 수 없습니다. 조각이 두 개 이상인 줄이 없습니다.</translation>
    </message>
    <message>
        <source>The text has only one distinct piece: there is nothing to predict in it.</source>
        <translation>텍스트에 서로 다른 조각이 하나뿐이라 예측할 것이 없습니다.</translation>
    </message>
    <message>
        <source>The vocabulary has no mask token: masked words cannot be learned with it.</source>
        <translation>어휘에 마스크 토큰이 없어 가린 단어 예측을 학습할 수 없습니다.</translation>
    </message>
    <message>
        <source>The vocabulary has no pieces but special ones.</source>
        <translation>어휘에 특수 조각밖에 없습니다.</translation>
    </message>
    <message>
        <source>Sizes of a model to train must be at least 1.</source>
        <translation>학습할 모델의 크기는 1 이상이어야 합니다.</translation>
    </message>
    <message>
        <source>d_model (%1) must be a multiple of the number of heads (%2).</source>
        <translation>d_model(%1)은 헤드 수(%2)의 배수여야 합니다.</translation>
    </message>
    <message>
        <source>This model cannot be trained further: “%1” is missing or has another size.</source>
        <translation>이 모델은 더 학습시킬 수 없습니다. “%1”이(가) 없거나 크기가 다릅니다.</translation>
    </message>
    <message>
        <source>There is no text to learn from.</source>
        <translation>학습할 텍스트가 없습니다.</translation>
    </message>
    <message>
        <source>%1 does not hold a training.</source>
        <translation>%1에 학습이 들어 있지 않습니다.</translation>
    </message>
    <message>
        <source>There is not enough memory for this model.</source>
        <translation>이 모델에 필요한 메모리가 부족합니다.</translation>
    </message>
    <message>
        <source>The saved training has %1 parameters where the model has %2.</source>
        <translation>저장된 학습의 파라미터는 %1개인데 모델의 파라미터는 %2개입니다.</translation>
    </message>
    <message>
        <source>Training stopped at step %1: the loss is no longer a number. A smaller learning rate than %2 may help.</source>
        <translation>%1단계에서 학습을 멈추었습니다. 손실이 NaN이나 무한대가 되었습니다. 학습률을 %2보다 작게 하면 나아질 수 있습니다.</translation>
    </message>
    <message>
        <source>a number from %1 to %2</source>
        <translation>%1부터 %2까지의 수</translation>
    </message>
    <message>
        <source>a whole number from %1 to %2</source>
        <translation>%1부터 %2까지의 정수</translation>
    </message>
    <message>
        <source>a hexadecimal number as text</source>
        <translation>텍스트로 적은 16진수</translation>
    </message>
    <message>
        <source>a list of texts</source>
        <translation>텍스트의 목록</translation>
    </message>
    <message>
        <source>one dimension</source>
        <translation>1차원</translation>
    </message>
    <message>
        <source>expected a file or a pipe, found a folder.</source>
        <translation>파일이나 파이프여야 하는데 폴더입니다.</translation>
    </message>
    <message>
        <source>expected at most %1 bytes, found more.</source>
        <translation>최대 %1바이트여야 하는데 그보다 큽니다.</translation>
    </message>
    <message>
        <source>This model cannot be trained further: training knows encoders whose embeddings are d_model wide, with biases, and without relative or rotary positions, gates and windows.</source>
        <translation>이 모델은 더 학습시킬 수 없습니다. 임베딩의 너비가 d_model이고 편향이 있으며 상대 위치, 회전 위치, 게이트, 윈도가 없는 인코더만 학습시킬 수 있습니다.</translation>
    </message>
</context>
<context>
    <name>Why</name>
    <message>
        <source>each head</source>
        <translation>각 헤드</translation>
    </message>
    <message>
        <source>the hidden state after each layer</source>
        <translation>각 층을 지난 은닉 상태</translation>
    </message>
    <message>
        <source>each layer&apos;s attention</source>
        <translation>각 층의 어텐션</translation>
    </message>
    <message>
        <source>each layer&apos;s FFN</source>
        <translation>각 층의 FFN</translation>
    </message>
    <message>
        <source>probability of the likeliest piece</source>
        <translation>가장 그럴듯한 조각의 확률</translation>
    </message>
    <message>
        <source>probability of “%1”</source>
        <translation>“%1”의 확률</translation>
    </message>
    <message>
        <source>What the masked-word head reads after each layer</source>
        <translation>각 층 뒤에서 단어 예측 헤드가 읽어 내는 단어</translation>
    </message>
    <message>
        <source>the head was trained for the last layer only: what it says of early ones is a reading</source>
        <translation>이 헤드는 마지막 층에 대해서만 학습되었으므로, 앞쪽 층에서 읽어 낸 단어는 참고용입니다</translation>
    </message>
    <message>
        <source>share of the difference that comes back</source>
        <translation>돌아오는 차이의 비율</translation>
    </message>
    <message>
        <source>sentence A</source>
        <translation>문장 A</translation>
    </message>
    <message>
        <source>sentence B</source>
        <translation>문장 B</translation>
    </message>
    <message>
        <source>share of the cosine</source>
        <translation>코사인에서 차지하는 비율</translation>
    </message>
    <message>
        <source>The pairs of tokens that make A and B similar</source>
        <translation>A와 B를 비슷하게 만드는 토큰 쌍</translation>
    </message>
    <message>
        <source>the sum over all pairs of contextual tokens, special ones too</source>
        <translation>특수 토큰까지 포함해 문맥이 반영된 모든 토큰 쌍의 합</translation>
    </message>
    <message>
        <source>change of the target</source>
        <translation>목표값의 변화</translation>
    </message>
    <message>
        <source>Each head, as the gradient expects it</source>
        <translation>기울기로 예상한 각 헤드</translation>
    </message>
    <message>
        <source>Each head switched off in turn</source>
        <translation>헤드를 하나씩 끈 결과</translation>
    </message>
    <message>
        <source>attention</source>
        <translation>어텐션</translation>
    </message>
    <message>
        <source>FFN</source>
        <translation>FFN</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>층</translation>
    </message>
    <message>
        <source>Each sublayer and layer switched off in turn</source>
        <translation>부분층과 층을 하나씩 끈 결과</translation>
    </message>
    <message>
        <source>positions</source>
        <translation>위치</translation>
    </message>
    <message>
        <source>Each token masked as a key in turn, and the positions off</source>
        <translation>토큰을 하나씩 키에서 뺀 결과와 위치 인코딩을 끈 결과</translation>
    </message>
    <message>
        <source>baseline: %1</source>
        <translation>기준값: %1</translation>
    </message>
    <message numerus="yes">
        <source>%n step(s)</source>
        <translation>
            <numerusform>%n단계</numerusform>
        </translation>
    </message>
    <message>
        <source>Gradient</source>
        <translation>기울기</translation>
    </message>
    <message>
        <source>Gradient × input</source>
        <translation>기울기 × 입력</translation>
    </message>
    <message>
        <source>Integrated gradients</source>
        <translation>적분 기울기</translation>
    </message>
    <message>
        <source>Occlusion</source>
        <translation>가리기</translation>
    </message>
    <message>
        <source>Key masked</source>
        <translation>키에서 빼기</translation>
    </message>
    <message>
        <source>Deletion</source>
        <translation>삭제</translation>
    </message>
    <message>
        <source>Attention rollout</source>
        <translation>어텐션 롤아웃</translation>
    </message>
    <message>
        <source>Value norms</source>
        <translation>값 벡터의 길이</translation>
    </message>
    <message>
        <source>mask token</source>
        <translation>마스크 토큰</translation>
    </message>
    <message>
        <source>zeros</source>
        <translation>0</translation>
    </message>
    <message>
        <source>mean embedding</source>
        <translation>평균 임베딩</translation>
    </message>
    <message>
        <source>What each token did for %1</source>
        <translation>각 토큰의 기여: %1</translation>
    </message>
    <message>
        <source>score</source>
        <translation>점수</translation>
    </message>
    <message>
        <source>target of the baseline: %1, gap: %2</source>
        <translation>기준값에서의 목표값: %1, 오차: %2</translation>
    </message>
    <message>
        <source>%1: each token&apos;s score</source>
        <translation>%1: 토큰별 점수</translation>
    </message>
    <message>
        <source>taken away</source>
        <translation>빼기</translation>
    </message>
    <message>
        <source>taken away at random</source>
        <translation>무작위로 빼기</translation>
    </message>
    <message>
        <source>given back</source>
        <translation>되돌리기</translation>
    </message>
    <message>
        <source>given back at random</source>
        <translation>무작위로 되돌리기</translation>
    </message>
    <message>
        <source>target</source>
        <translation>목표값</translation>
    </message>
    <message>
        <source>area taken away %1 (random %2: the smaller the better), given back %3 (random %4: the larger the better)</source>
        <translation>빼기 넓이 %1(무작위 %2, 작을수록 좋음), 되돌리기 넓이 %3(무작위 %4, 클수록 좋음)</translation>
    </message>
    <message>
        <source>The proof of %1</source>
        <translation>검증: %1</translation>
    </message>
    <message>
        <source>replaced by: %1</source>
        <translation>바꿔 넣는 것: %1</translation>
    </message>
    <message numerus="yes">
        <source>mean of %n random order(s)</source>
        <translation>
            <numerusform>무작위 순서 %n개의 평균</numerusform>
        </translation>
    </message>
    <message>
        <source>Norms with residual</source>
        <translation>잔차를 포함한 노름</translation>
    </message>
    <message>
        <source>relative score</source>
        <translation>최대 점수에 대한 비율</translation>
    </message>
    <message>
        <source>now: %1 · in the reference: %2</source>
        <translation>지금: %1 · 기준: %2</translation>
    </message>
    <message>
        <source>now: %1 · before: %2</source>
        <translation>지금: %1 · 이전: %2</translation>
    </message>
    <message>
        <source>in the reference %1</source>
        <translation>기준에서는 %1</translation>
    </message>
    <message>
        <source>without a partner in the reference: %1</source>
        <translation>기준에 짝이 없는 토큰: %1</translation>
    </message>
    <message>
        <source>Taken from the reference: %1</source>
        <translation>기준에서 가져온 것: %1</translation>
    </message>
    <message>
        <source>The pairs of input tokens that make A and B similar</source>
        <translation>A와 B를 비슷하게 만드는 입력 토큰의 짝</translation>
    </message>
    <message numerus="yes">
        <source>integrated Jacobians, baseline: %1, %n step(s)</source>
        <translation>
            <numerusform>적분 야코비안, 기준값: %1, %n단계</numerusform>
        </translation>
    </message>
    <message>
        <source>the pairs&apos; sum: %1, of the baselines: %2, gap: %3</source>
        <translation>짝의 합: %1, 기준값의 몫: %2, 오차: %3</translation>
    </message>
    <message>
        <source>fitted: the head reads each layer through an affine map to the last one, fitted by least squares to other sentences</source>
        <translation>맞춘 값: 다른 문장들에 최소제곱으로 맞춘 아핀 사상으로 각 층을 마지막 층으로 옮긴 뒤 헤드가 읽음</translation>
    </message>
    <message>
        <source>What the masked-word head reads after each layer, through fitted maps</source>
        <translation>맞춘 사상을 거쳐 각 층 뒤에서 가린 단어 헤드가 읽는 것</translation>
    </message>
    <message>
        <source>the run as it is</source>
        <translation>지금 실행</translation>
    </message>
    <message>
        <source>factor</source>
        <translation>배율</translation>
    </message>
    <message>
        <source>head %1 of layer %2</source>
        <translation>%2층 헤드 %1</translation>
    </message>
    <message>
        <source>neuron %1 of layer %2</source>
        <translation>%2층 뉴런 %1</translation>
    </message>
    <message>
        <source>The target while the output of %1 is multiplied</source>
        <translation>%1의 출력에 배율을 곱할 때의 목표값</translation>
    </message>
    <message>
        <source>factor of the run: %1</source>
        <translation>지금 실행의 배율: %1</translation>
    </message>
    <message>
        <source>tokens, highest score first</source>
        <translation>토큰 수(점수가 높은 것부터)</translation>
    </message>
</context>
<context>
    <name>WorkedExample</name>
    <message>
        <source>Input</source>
        <translation>입력</translation>
    </message>
    <message>
        <source>the embedding of “%1”</source>
        <translation>“%1”의 임베딩</translation>
    </message>
    <message>
        <source>the hidden state of “%1” after layer %2</source>
        <translation>%2층을 지난 “%1”의 은닉 상태</translation>
    </message>
    <message>
        <source>x = %1</source>
        <translation>x = %1</translation>
    </message>
    <message>
        <source>The key token is “%1”:</source>
        <translation>키 토큰은 “%1”:</translation>
    </message>
    <message>
        <source>The key with the greatest weight is “%1”:</source>
        <translation>가중치가 가장 큰 키는 “%1”:</translation>
    </message>
    <message>
        <source>Query, key, value</source>
        <translation>쿼리, 키, 값</translation>
    </message>
    <message>
        <source>%1 of “%2”, what it looks for</source>
        <translation>%1, “%2”이(가) 찾는 것</translation>
    </message>
    <message>
        <source>%1 of “%2”, what it offers</source>
        <translation>%1, “%2”이(가) 제시하는 것</translation>
    </message>
    <message>
        <source>%1 of “%2”, what it passes on</source>
        <translation>%1, “%2”이(가) 넘겨주는 것</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>유사도 점수</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>스케일링</translation>
    </message>
    <message>
        <source>Softmax</source>
        <translation>소프트맥스</translation>
    </message>
    <message>
        <source>“%1” is masked out: its weight is 0.</source>
        <translation>“%1”은(는) 가려져 있어 가중치가 0입니다.</translation>
    </message>
    <message>
        <source>key</source>
        <translation>키</translation>
    </message>
    <message numerus="yes">
        <source>%n more keys, together %1</source>
        <translation>
            <numerusform>나머지 키 %n개, 합계 %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Show only the strongest keys</source>
        <translation>가장 강한 키만 보기</translation>
    </message>
    <message>
        <source>Weighted sum of the values</source>
        <translation>값의 가중합</translation>
    </message>
    <message>
        <source>This head is switched off: it passes on zeros.</source>
        <translation>이 헤드는 꺼져 있어 0을 넘겨줍니다.</translation>
    </message>
    <message>
        <source>All heads together, times W&lt;sub&gt;O&lt;/sub&gt;</source>
        <translation>모든 헤드를 이어 붙여 W&lt;sub&gt;O&lt;/sub&gt;를 곱함</translation>
    </message>
    <message>
        <source>heads</source>
        <translation>이어 붙임</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>더하기</translation>
    </message>
    <message>
        <source>Add &amp; norm</source>
        <translation>더하기와 정규화</translation>
    </message>
    <message>
        <source>The attention sublayer is switched off: it passes x through.</source>
        <translation>어텐션 부분층이 꺼져 있어 x를 그대로 넘깁니다.</translation>
    </message>
    <message>
        <source>Feed-forward</source>
        <translation>피드포워드</translation>
    </message>
    <message>
        <source>The layer is switched off: it passes its input through.</source>
        <translation>이 층은 꺼져 있어 입력을 그대로 넘깁니다.</translation>
    </message>
    <message>
        <source>The FFN sublayer is switched off: it passes y through.</source>
        <translation>FFN 부분층이 꺼져 있어 y를 그대로 넘깁니다.</translation>
    </message>
    <message>
        <source>= the hidden state after layer %1, which layer %2 reads</source>
        <translation>= %1층을 지난 은닉 상태, %2층의 입력</translation>
    </message>
    <message>
        <source>= the hidden state after layer %1, the last one</source>
        <translation>= 마지막 층인 %1층을 지난 은닉 상태</translation>
    </message>
    <message>
        <source>output</source>
        <translation>출력</translation>
    </message>
    <message>
        <source>layer %1, head %2</source>
        <translation>%1층, 헤드 %2</translation>
    </message>
    <message>
        <source>The run before switching.</source>
        <translation>모두 켠 상태의 값입니다.</translation>
    </message>
    <message>
        <source>The run as it is now; steps have no difference.</source>
        <translation>지금 실행의 값입니다. 계산 단계에는 차이를 보여 주지 않습니다.</translation>
    </message>
    <message numerus="yes">
        <source>and %n hidden special token(s), together %1</source>
        <translation>
            <numerusform>그리고 숨긴 특수 토큰 %n개, 합계 %1</numerusform>
        </translation>
    </message>
    <message>
        <source>The figures share out what the other tokens have: %1 / %2 = &lt;b&gt;%3&lt;/b&gt;</source>
        <translation>그림에서는 특수 토큰을 뺀 합으로 다시 나눕니다: %1 / %2 = &lt;b&gt;%3&lt;/b&gt;</translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>그 밖의 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>special tokens</source>
        <translation>특수 토큰</translation>
    </message>
    <message>
        <source>LayerNorm: minus μ, divided by σ, times γ, plus β</source>
        <translation>LayerNorm: μ를 빼고 σ로 나눈 뒤 γ를 곱하고 β를 더함</translation>
    </message>
    <message>
        <source>up projection: h = %1</source>
        <translation>확장 투영: h = %1</translation>
    </message>
    <message>
        <source>activation: %1(h), %2 of %3 neurons above 0</source>
        <translation>활성화: %1(h), 뉴런 %3개 중 %2개가 0보다 큼</translation>
    </message>
    <message>
        <source>down projection: %1</source>
        <translation>축소 투영: %1</translation>
    </message>
    <message numerus="yes">
        <source>⋯ all %n products: %1</source>
        <translation>
            <numerusform>⋯ 곱 %n개를 모두 더하면: %1</numerusform>
        </translation>
    </message>
    <message>
        <source>masked</source>
        <translation>가려짐</translation>
    </message>
    <message>
        <source>x = %1 of %2</source>
        <extracomment>%1: LayerNorm or RMSNorm, %2: &quot;the embedding of ...&quot;</extracomment>
        <translation>x = %2에 %1을(를) 적용한 값</translation>
    </message>
    <message>
        <source>Rotation</source>
        <translation>회전</translation>
    </message>
    <message>
        <source>Positions are switched off: queries and keys are not turned.</source>
        <translation>위치가 꺼져 있어 쿼리와 키를 회전하지 않습니다.</translation>
    </message>
    <message>
        <source>Dimensions i and i + %1 are the coordinates of a point, which turns by θ = position · %2&lt;sup&gt;−2i/%3&lt;/sup&gt;.</source>
        <translation>차원 i와 i + %1은 한 점의 좌표이고, 그 점은 θ = 위치 · %2&lt;sup&gt;−2i/%3&lt;/sup&gt;만큼 회전합니다.</translation>
    </message>
    <message>
        <source>Positions are switched off: nothing is added for the distance.</source>
        <translation>위치가 꺼져 있어 거리를 위해 더하는 것이 없습니다.</translation>
    </message>
    <message>
        <source>The key is at the distance δ = %1 − %2 = %3, which has a key and a query of its own:</source>
        <translation>키까지의 거리는 δ = %1 − %2 = %3이고, 거리마다 고유한 키와 쿼리가 있습니다.</translation>
    </message>
    <message>
        <source>content to position: %1 = &lt;b&gt;%2&lt;/b&gt;</source>
        <translation>내용에서 위치로: %1 = &lt;b&gt;%2&lt;/b&gt;</translation>
    </message>
    <message>
        <source>position to content: %1 = &lt;b&gt;%2&lt;/b&gt;</source>
        <translation>위치에서 내용으로: %1 = &lt;b&gt;%2&lt;/b&gt;</translation>
    </message>
    <message>
        <source>sum of the products</source>
        <translation>곱의 합</translation>
    </message>
    <message>
        <source>This layer is local: only keys at most %1 tokens away take part.</source>
        <translation>이 층은 지역 층이어서 거리가 토큰 %1개 이하인 키만 참여합니다.</translation>
    </message>
    <message>
        <source>“%1” is outside the window: its weight is 0.</source>
        <translation>“%1”은(는) 윈도 밖에 있어 가중치가 0입니다.</translation>
    </message>
    <message>
        <source>RMSNorm: divided by the root mean square, times γ</source>
        <translation>RMSNorm: 제곱평균제곱근으로 나눈 뒤 γ를 곱함</translation>
    </message>
    <message>
        <source>LayerNorm: minus μ, divided by σ, times γ</source>
        <translation>LayerNorm: μ를 빼고 σ로 나눈 뒤 γ를 곱함</translation>
    </message>
    <message>
        <source>gate: %1(h), %2 of %3 neurons above 0</source>
        <translation>게이트: %1(h), 뉴런 %3개 중 %2개가 0보다 큼</translation>
    </message>
    <message>
        <source>value: u = %1</source>
        <translation>값: u = %1</translation>
    </message>
    <message>
        <source>gate times value, element by element: g = a(h) ⊙ u</source>
        <translation>게이트와 값을 원소끼리 곱함: g = a(h) ⊙ u</translation>
    </message>
    <message>
        <source>outside</source>
        <translation>윈도 밖</translation>
    </message>
    <message>
        <source>This head is scaled: it passes on %1 times this.</source>
        <translation>이 헤드는 배율이 바뀌었습니다. 이 값의 %1배를 넘겨줍니다.</translation>
    </message>
    <message>
        <source>neuron %1 is scaled: its activation is multiplied by %2</source>
        <translation>뉴런 %1의 배율: 활성화 값 × %2</translation>
    </message>
    <message>
        <source>It is steered: a vector times %1 is added to every token.</source>
        <translation>조향 중입니다. 모든 토큰에 벡터의 %1배를 더합니다.</translation>
    </message>
    <message>
        <source>less the head&apos;s slope times the distance, %1 · %2: s = &lt;b&gt;%3&lt;/b&gt;</source>
        <translation>헤드의 기울기에 거리를 곱한 %1 · %2를 뺍니다. s = &lt;b&gt;%3&lt;/b&gt;</translation>
    </message>
    <message>
        <source>“%1” is at position %2; the first pair turns by θ = %3:</source>
        <extracomment>%1: a token, %2: its position, %3: an angle</extracomment>
        <translation>“%1”의 위치는 %2이고, 첫 쌍은 θ = %3만큼 회전합니다.</translation>
    </message>
    <message>
        <source>All angles are divided by %1.</source>
        <translation>모든 각도를 %1로 나눕니다.</translation>
    </message>
    <message>
        <source>This model does not divide its scores by %1.</source>
        <translation>이 모델은 점수를 %1로 나누지 않습니다.</translation>
    </message>
    <message>
        <source>The key is %1 positions from the query; plus the head&apos;s bias for that distance, %2: s = &lt;b&gt;%3&lt;/b&gt;</source>
        <translation>키는 쿼리에서 %1만큼 떨어져 있습니다. 이 거리에 대한 헤드의 편향 %2을(를) 더함: s = &lt;b&gt;%3&lt;/b&gt;</translation>
    </message>
    <message>
        <source>The reference run.</source>
        <translation>기준 실행의 값입니다.</translation>
    </message>
</context>
<context>
    <name>encoderscope::AlignmentBar</name>
    <message>
        <source>Now</source>
        <translation>현재</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>기준</translation>
    </message>
    <message>
        <source>Align automatically</source>
        <translation>자동으로 짝짓기</translation>
    </message>
    <message>
        <source>Take back everything that was put together by hand</source>
        <translation>직접 지은 짝을 모두 되돌립니다</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Drag a token onto its partner in the other row, or press Enter on both. Delete: it has none.</source>
        <translation>토큰을 다른 줄의 짝 위로 끌어다 놓거나, 두 토큰에서 차례로 Enter를 누르세요. Delete: 짝이 없음.</translation>
    </message>
</context>
<context>
    <name>encoderscope::AlignmentStrip</name>
    <message>
        <source>Which token stands for which</source>
        <translation>토큰끼리의 짝</translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation>‘%1’</translation>
    </message>
    <message>
        <source>Without a partner now: %1</source>
        <translation>이제 짝이 없는 토큰: %1</translation>
    </message>
    <message>
        <source>token %1 of the reference: “%2”</source>
        <translation>기준의 토큰 %1: ‘%2’</translation>
    </message>
    <message>
        <source>token %1 of the run: “%2”</source>
        <translation>이 실행의 토큰 %1: ‘%2’</translation>
    </message>
    <message>
        <source>no partner</source>
        <translation>짝 없음</translation>
    </message>
    <message>
        <source>the same characters as %1</source>
        <translation>%1과(와) 같은 글자</translation>
    </message>
    <message>
        <source>stands for %1</source>
        <translation>%1에 대응함</translation>
    </message>
    <message>
        <source>put together by hand</source>
        <translation>직접 짝지음</translation>
    </message>
    <message>
        <source>taken up</source>
        <translation>집어 듦</translation>
    </message>
</context>
<context>
    <name>encoderscope::AttentionPage</name>
    <message>
        <source>Attention</source>
        <translation>어텐션</translation>
    </message>
    <message>
        <source>Show:</source>
        <translation>표시:</translation>
    </message>
    <message>
        <source>weights</source>
        <translation>가중치</translation>
    </message>
    <message>
        <source>scaled scores</source>
        <translation>스케일된 점수</translation>
    </message>
    <message>
        <source>raw scores</source>
        <translation>스케일 전 점수</translation>
    </message>
    <message>
        <source>Heads:</source>
        <translation>헤드:</translation>
    </message>
    <message>
        <source>the pinned one</source>
        <translation>선택한 헤드</translation>
    </message>
    <message>
        <source>mean of all</source>
        <translation>모든 헤드의 평균</translation>
    </message>
    <message>
        <source>maximum of all</source>
        <translation>모든 헤드의 최댓값</translation>
    </message>
    <message>
        <source>Logarithmic</source>
        <translation>로그 눈금</translation>
    </message>
    <message>
        <source>Heatmap</source>
        <translation>히트맵</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>선</translation>
    </message>
    <message>
        <source>All heads</source>
        <translation>모든 헤드</translation>
    </message>
    <message>
        <source>Rollout</source>
        <translation>롤아웃</translation>
    </message>
    <message>
        <source>Head statistics</source>
        <translation>헤드 통계</translation>
    </message>
    <message>
        <source>Chosen heads: %1</source>
        <translation>고른 헤드: %1</translation>
    </message>
    <message>
        <source>Several</source>
        <translation>여러 헤드</translation>
    </message>
    <message>
        <source>Several heads side by side, or together</source>
        <translation>여러 헤드를 나란히 또는 하나로</translation>
    </message>
    <message>
        <source>Alike</source>
        <translation>비슷한 헤드</translation>
    </message>
    <message>
        <source>Which heads weight the tokens alike</source>
        <translation>토큰에 비슷하게 가중치를 주는 헤드</translation>
    </message>
    <message>
        <source>Ctrl+click heads in the map, or type: 1.2 3.4</source>
        <translation>지도에서 Ctrl+클릭하거나 입력: 1.2 3.4</translation>
    </message>
    <message>
        <source>Chosen heads</source>
        <translation>고른 헤드</translation>
    </message>
    <message>
        <source>side by side</source>
        <translation>나란히</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>평균</translation>
    </message>
    <message>
        <source>maximum</source>
        <translation>최댓값</translation>
    </message>
    <message>
        <source>first − others</source>
        <translation>첫째 − 나머지</translation>
    </message>
    <message>
        <source>Only the pinned one</source>
        <translation>선택한 헤드만</translation>
    </message>
    <message>
        <source>content to position</source>
        <translation>내용에서 위치로</translation>
    </message>
    <message>
        <source>position to content</source>
        <translation>위치에서 내용으로</translation>
    </message>
    <message>
        <source>How the heads are put together</source>
        <translation>헤드를 합쳐 보이는 방식</translation>
    </message>
    <message>
        <source>position bias</source>
        <translation>위치 편향</translation>
    </message>
    <message>
        <source>now: %1</source>
        <translation>현재: %1</translation>
    </message>
    <message>
        <source>now − reference</source>
        <translation>현재 − 기준</translation>
    </message>
</context>
<context>
    <name>encoderscope::CatalogueView</name>
    <message>
        <source>Computing…</source>
        <translation>계산하는 중…</translation>
    </message>
    <message>
        <source>Stopped before it was computed.</source>
        <translation>계산이 끝나기 전에 멈췄습니다.</translation>
    </message>
</context>
<context>
    <name>encoderscope::ClearButton</name>
    <message>
        <source>Clear</source>
        <translation>지우기</translation>
    </message>
</context>
<context>
    <name>encoderscope::ComparisonBar</name>
    <message>
        <source>Switched off:</source>
        <translation>일부 꺼짐:</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>현재</translation>
    </message>
    <message>
        <source>Every view shows the run as switched</source>
        <translation>모든 화면에 지금 스위치대로 계산한 결과를 보여 줍니다</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>모두 켠 상태</translation>
    </message>
    <message>
        <source>Every view shows the run with everything on</source>
        <translation>모든 화면에 모두 켠 상태의 결과를 보여 줍니다</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>차이</translation>
    </message>
    <message>
        <source>Every view shows what the switches changed: now − before</source>
        <translation>모든 화면에 스위치로 달라진 값을 보여 줍니다: 현재 − 모두 켠 상태</translation>
    </message>
    <message>
        <source>Everything on</source>
        <translation>모두 켜기</translation>
    </message>
    <message>
        <source>Switch everything on again</source>
        <translation>모든 스위치를 다시 켭니다</translation>
    </message>
    <message>
        <source>Changed:</source>
        <translation>일부 변경됨:</translation>
    </message>
    <message>
        <source>Pin this run</source>
        <translation>이 실행 고정</translation>
    </message>
    <message>
        <source>Pin this run: others are compared with it (F9)</source>
        <translation>이 실행을 고정해 다른 실행과 비교합니다 (F9)</translation>
    </message>
    <message>
        <source>The layer of the reference beside the pinned one</source>
        <translation>선택한 층 옆에 놓을 기준의 층</translation>
    </message>
    <message>
        <source>Every view shows the run</source>
        <translation>모든 그림이 현재 실행을 보여 줍니다</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>기준</translation>
    </message>
    <message>
        <source>Every view shows the run that is compared with</source>
        <translation>모든 그림이 기준 실행을 보여 줍니다</translation>
    </message>
    <message>
        <source>Every view shows what differs: now − reference</source>
        <translation>모든 그림이 차이를 보여 줍니다: 현재 − 기준</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>나란히</translation>
    </message>
    <message>
        <source>Every view shows both, on one scale</source>
        <translation>모든 그림이 둘을 같은 눈금으로 나란히 보여 줍니다</translation>
    </message>
    <message>
        <source>vs. %1</source>
        <translation>기준: %1</translation>
    </message>
    <message>
        <source>Which token stands for which</source>
        <translation>토큰끼리의 짝</translation>
    </message>
    <message>
        <source>Which token stands for which, to be corrected by dragging (F4)</source>
        <translation>어느 토큰이 어느 토큰에 대응하는지 보여 주며, 끌어서 고칠 수 있습니다 (F4)</translation>
    </message>
</context>
<context>
    <name>encoderscope::CorpusListModel</name>
    <message>
        <source>“%1” looks at “%2” in: %3</source>
        <translation>“%1”이(가) “%2”을(를) 보는 문장: %3</translation>
    </message>
    <message>
        <source>“%1” in: %2</source>
        <translation>“%1”이(가) 나오는 문장: %2</translation>
    </message>
    <message>
        <source>activation</source>
        <translation>활성값</translation>
    </message>
    <message>
        <source>weight</source>
        <translation>가중치</translation>
    </message>
    <message>
        <source>cosine</source>
        <translation>코사인</translation>
    </message>
    <message>
        <source>sentence</source>
        <translation>문장</translation>
    </message>
    <message>
        <source>from</source>
        <translation>출처</translation>
    </message>
</context>
<context>
    <name>encoderscope::CorpusMaker</name>
    <message>
        <source>A corpus is made by running a model, and none is open.</source>
        <translation>말뭉치는 모델을 실행해서 만드는데, 열린 모델이 없습니다.</translation>
    </message>
    <message>
        <source>One is being made already.</source>
        <translation>이미 말뭉치를 만들고 있습니다.</translation>
    </message>
    <message>
        <source>The text to make a corpus of</source>
        <translation>말뭉치로 만들 텍스트</translation>
    </message>
    <message>
        <source>Text, a sentence a line; CSV, TSV, JSON lines</source>
        <translation>한 줄에 한 문장인 텍스트, CSV, TSV, JSON lines</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>모든 파일</translation>
    </message>
    <message>
        <source>The corpus: a new file, or one that goes on</source>
        <translation>말뭉치: 새 파일, 또는 이어서 만들 파일</translation>
    </message>
    <message>
        <source>Corpora</source>
        <translation>말뭉치</translation>
    </message>
    <message>
        <source>%1 is being made · sentences: %2</source>
        <translation>%1 만드는 중 · 문장 %2개</translation>
    </message>
    <message>
        <source>%1 %, about %2 min left</source>
        <translation>%1 %, 약 %2분 남음</translation>
    </message>
    <message>
        <source>Stopped before anything was added to %1.</source>
        <translation>%1에 아무것도 넣기 전에 멈추었습니다.</translation>
    </message>
    <message>
        <source>added: %1</source>
        <translation>추가: %1</translation>
    </message>
    <message>
        <source>there already: %1</source>
        <translation>이미 있음: %1</translation>
    </message>
    <message>
        <source>bad lines left out: %1 (%2)</source>
        <translation>건너뛴 잘못된 줄: %1 (%2)</translation>
    </message>
    <message>
        <source>%1 was stopped: what was added is kept. %2</source>
        <translation>%1 만들기를 멈추었습니다. 이미 넣은 것은 그대로 남아 있습니다. %2</translation>
    </message>
    <message>
        <source>%1 is made: %2</source>
        <translation>%1을(를) 만들었습니다. %2</translation>
    </message>
    <message>
        <source>Progress of the corpus</source>
        <translation>말뭉치를 만드는 진행 상황</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>멈춤</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>계속</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>The index of %1 is being made</source>
        <translation>%1의 색인 만드는 중</translation>
    </message>
    <message>
        <source>The index of %1 was stopped; one that was there before is as it was.</source>
        <translation>%1의 색인 만들기를 멈추었습니다. 이미 있던 색인은 그대로입니다.</translation>
    </message>
    <message>
        <source>The index of %1 is made: %2 tokens, %3</source>
        <translation>%1의 색인을 만들었습니다. 토큰 %2개, %3</translation>
    </message>
</context>
<context>
    <name>encoderscope::CorpusMap</name>
    <message>
        <source>Each point is a sentence; those that lie together are alike to the model. Point at one to read it, click it to bring it into the window.</source>
        <translation>점 하나가 문장 하나입니다. 가까이 모인 문장은 모델이 비슷하게 보는 문장입니다. 가리키면 문장을 읽을 수 있고, 클릭하면 창으로 가져옵니다.</translation>
    </message>
</context>
<context>
    <name>encoderscope::CorpusPage</name>
    <message>
        <source>Reading %1…</source>
        <translation>%1 읽는 중…</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>읽는 중…</translation>
    </message>
    <message>
        <source>Corpus</source>
        <translation>말뭉치</translation>
    </message>
    <message>
        <source>Open another…</source>
        <translation>다른 말뭉치 열기…</translation>
    </message>
    <message>
        <source>Heads</source>
        <translation>헤드</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>예문</translation>
    </message>
    <message>
        <source>Where a head or a neuron is strongest</source>
        <translation>헤드나 뉴런이 가장 강하게 반응한 곳</translation>
    </message>
    <message>
        <source>Uses</source>
        <translation>쓰임</translation>
    </message>
    <message>
        <source>Where else the pinned token is used</source>
        <translation>선택한 토큰이 또 쓰인 곳</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>검색</translation>
    </message>
    <message>
        <source>Heads over the corpus</source>
        <translation>말뭉치 전체의 헤드</translation>
    </message>
    <message>
        <source>Strongest examples</source>
        <translation>가장 강한 예문</translation>
    </message>
    <message>
        <source>Uses of the pinned token</source>
        <translation>선택한 토큰의 쓰임</translation>
    </message>
    <message>
        <source>Sentences found</source>
        <translation>찾은 문장</translation>
    </message>
    <message>
        <source>Strongest for:</source>
        <translation>가장 강하게 반응하는 것:</translation>
    </message>
    <message>
        <source>a head</source>
        <translation>헤드</translation>
    </message>
    <message>
        <source>a neuron</source>
        <translation>뉴런</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>층</translation>
    </message>
    <message>
        <source>Order:</source>
        <translation>순서:</translation>
    </message>
    <message>
        <source>as in the corpus</source>
        <translation>말뭉치 순서대로</translation>
    </message>
    <message>
        <source>sentences most like this one first</source>
        <translation>이 문장과 비슷한 문장부터</translation>
    </message>
    <message>
        <source>Words:</source>
        <translation>단어:</translation>
    </message>
    <message>
        <source>Beginnings of words, in any order</source>
        <translation>단어의 앞부분(순서는 상관없음)</translation>
    </message>
    <message>
        <source>Open a corpus</source>
        <translation>말뭉치 열기</translation>
    </message>
    <message>
        <source>Corpora</source>
        <translation>말뭉치</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>모든 파일</translation>
    </message>
    <message>
        <source>The path of this file is too long.</source>
        <translation>파일 경로가 너무 깁니다.</translation>
    </message>
    <message>
        <source>%1 · sentences: %2 · tokens: %3</source>
        <translation>%1 · 문장 %2개 · 토큰 %3개</translation>
    </message>
    <message>
        <source>made with the model %1</source>
        <translation>모델 %1(으)로 만들었습니다</translation>
    </message>
    <message>
        <source>This corpus was made with another model, %1; the window shows %2. Examples are those of the corpus&apos;s model.</source>
        <translation>이 말뭉치는 다른 모델 %1(으)로 만들었고, 창에는 %2이(가) 열려 있습니다. 예문은 말뭉치를 만든 모델의 것입니다.</translation>
    </message>
    <message>
        <source>This corpus has no vectors of sentences: its model makes none.</source>
        <translation>이 말뭉치에는 문장 벡터가 없습니다. 만든 모델이 문장 벡터를 내지 않습니다.</translation>
    </message>
    <message>
        <source>neuron</source>
        <translation>뉴런</translation>
    </message>
    <message>
        <source>head</source>
        <translation>헤드</translation>
    </message>
    <message>
        <source>Sentence of the corpus</source>
        <translation>말뭉치의 문장</translation>
    </message>
    <message>
        <source>tokens most like this one first</source>
        <translation>이 토큰과 비슷하게 쓰인 곳부터</translation>
    </message>
    <message>
        <source>tokens of any piece most like this one</source>
        <translation>조각과 관계없이 이 토큰과 비슷한 토큰</translation>
    </message>
    <message>
        <source>Make an index</source>
        <translation>색인 만들기</translation>
    </message>
    <message>
        <source>Finds similar tokens of any piece, and those of a frequent piece among all of its uses. It is a file beside the corpus; making it for a large corpus takes some minutes.</source>
        <translation>조각과 상관없이 비슷한 토큰을 찾고, 자주 나오는 조각의 쓰임도 모두 살펴서 찾습니다. 말뭉치 옆에 생기는 파일이며, 말뭉치가 크면 만드는 데 몇 분 걸립니다.</translation>
    </message>
    <message>
        <source>It has no vectors of tokens: it was made without them.</source>
        <translation>토큰 벡터가 없습니다. 토큰 벡터 없이 만든 말뭉치입니다.</translation>
    </message>
    <message>
        <source>It has no index of its tokens, or one that lacks too many sentences.</source>
        <translation>토큰의 색인이 없거나, 색인에 빠진 문장이 너무 많습니다.</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>지도</translation>
    </message>
    <message>
        <source>Which sentences are alike</source>
        <translation>어떤 문장들이 비슷한지</translation>
    </message>
</context>
<context>
    <name>encoderscope::CourseOffer</name>
    <message>
        <source>New here? A course leads through the encoder, step by step, on your own sentence.</source>
        <translation>처음이신가요? 직접 쓴 문장으로 인코더를 한 단계씩 배우는 과정이 있습니다.</translation>
    </message>
    <message>
        <source>Begin the course</source>
        <translation>과정 시작</translation>
    </message>
    <message>
        <source>No, thank you</source>
        <translation>괜찮습니다</translation>
    </message>
    <message>
        <source>It stays in the Help menu.</source>
        <translation>나중에 도움말 메뉴에서 열 수 있습니다.</translation>
    </message>
</context>
<context>
    <name>encoderscope::DownloadDialog</name>
    <message>
        <source>Model name</source>
        <translation>모델 이름</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>내려받기</translation>
    </message>
    <message>
        <source>Asking for the list of files…</source>
        <translation>파일 목록을 묻는 중…</translation>
    </message>
    <message>
        <source>%1: %2 of %3</source>
        <translation>%1: %3 중 %2</translation>
    </message>
    <message>
        <source>More models</source>
        <translation>다른 모델</translation>
    </message>
    <message>
        <source>Models on the Hugging Face Hub that are worth a look, or the name of any other one of the BERT family. It is kept in the local cache that other tools share; after that no network is needed.</source>
        <translation>Hugging Face Hub에 있는, 살펴볼 만한 모델들입니다. BERT 계열의 다른 모델은 이름을 직접 입력하세요. 받은 모델은 다른 도구와 함께 쓰는 로컬 캐시에 보관되며, 그 뒤에는 네트워크가 필요 없습니다.</translation>
    </message>
    <message>
        <source>Models that are worth a look</source>
        <translation>살펴볼 만한 모델</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>Languages</source>
        <translation>언어</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>라이선스</translation>
    </message>
</context>
<context>
    <name>encoderscope::EmbeddingPage</name>
    <message>
        <source>Pieces:</source>
        <translation>토큰 단위:</translation>
    </message>
    <message>
        <source>Subwords</source>
        <translation>서브워드</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>단어</translation>
    </message>
    <message>
        <source>Characters</source>
        <translation>글자</translation>
    </message>
    <message>
        <source>Stage:</source>
        <translation>단계:</translation>
    </message>
    <message>
        <source>Embedding</source>
        <translation>임베딩</translation>
    </message>
    <message>
        <source>Similarity</source>
        <translation>유사도</translation>
    </message>
    <message>
        <source>Components</source>
        <translation>주성분</translation>
    </message>
    <message>
        <source>looked up in the table</source>
        <translation>임베딩 표에서 꺼낸 값</translation>
    </message>
    <message>
        <source>× √d_model</source>
        <translation>× √d_model</translation>
    </message>
    <message>
        <source>position, to be added</source>
        <translation>더할 위치 인코딩</translation>
    </message>
    <message>
        <source>token type, to be added</source>
        <translation>더할 토큰 유형 임베딩</translation>
    </message>
    <message>
        <source>sum</source>
        <translation>모두 더한 값</translation>
    </message>
    <message>
        <source>normalized</source>
        <translation>정규화한 값</translation>
    </message>
    <message>
        <source>projected to d_model</source>
        <translation>d_model 차원으로 투영한 값</translation>
    </message>
    <message>
        <source>vocabulary %1 · d_model %2</source>
        <translation>어휘 %1 · d_model %2</translation>
    </message>
    <message>
        <source>task type, to be added</source>
        <translation>더할 과제 유형 임베딩</translation>
    </message>
    <message>
        <source>All tokens</source>
        <translation>모든 토큰</translation>
    </message>
    <message>
        <source>One token</source>
        <translation>토큰 하나</translation>
    </message>
</context>
<context>
    <name>encoderscope::EncoderMap</name>
    <message>
        <source>Encoder map</source>
        <translation>인코더 지도</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>출력</translation>
    </message>
    <message>
        <source>Layer %1</source>
        <translation>%1층</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>어텐션</translation>
    </message>
    <message>
        <source>FFN</source>
        <translation>FFN</translation>
    </message>
    <message>
        <source>+ Position</source>
        <translation>+ 위치</translation>
    </message>
    <message>
        <source>Embedding</source>
        <translation>임베딩</translation>
    </message>
    <message>
        <source>Head %1 of all layers</source>
        <translation>모든 층의 헤드 %1</translation>
    </message>
    <message>
        <source>Attention of layer %1</source>
        <translation>%1층의 어텐션</translation>
    </message>
    <message>
        <source>Layer %1, head %2</source>
        <translation>%1층, 헤드 %2</translation>
    </message>
    <message>
        <source>FFN of layer %1</source>
        <translation>%1층의 FFN</translation>
    </message>
    <message>
        <source>Positional encoding</source>
        <translation>위치 인코딩</translation>
    </message>
    <message>
        <source>%1: switched off</source>
        <translation>%1: 꺼짐</translation>
    </message>
    <message>
        <source>Switch: all heads of this number on or off</source>
        <translation>스위치: 모든 층에서 이 번호의 헤드를 켜고 끕니다</translation>
    </message>
    <message>
        <source>Off: the layer passes its input through</source>
        <translation>끄면 이 층은 입력을 그대로 내보냅니다</translation>
    </message>
    <message>
        <source>Double-click: only this layer, or all again</source>
        <translation>두 번 클릭: 이 층만 켜기, 다시 하면 모두 켜기</translation>
    </message>
    <message>
        <source>Off: the head adds zeros to the concatenation</source>
        <translation>끄면 이 헤드의 출력을 0으로 바꿔 이어 붙입니다</translation>
    </message>
    <message>
        <source>Double-click: only this head, or all again</source>
        <translation>두 번 클릭: 이 헤드만 켜기, 다시 하면 모두 켜기</translation>
    </message>
    <message>
        <source>Off: the sublayer passes its input through</source>
        <translation>끄면 이 부분층은 입력을 그대로 내보냅니다</translation>
    </message>
    <message>
        <source>Off: no position is added to the embedding</source>
        <translation>끄면 임베딩에 위치를 더하지 않습니다</translation>
    </message>
    <message>
        <source>The map&apos;s pictures cannot be made: %1</source>
        <translation>인코더 지도의 그림을 만들 수 없습니다: %1</translation>
    </message>
    <message>
        <source>switched off</source>
        <translation>꺼짐</translation>
    </message>
    <message>
        <source>Head %1 × %2</source>
        <translation>헤드 %1 × %2</translation>
    </message>
    <message>
        <source>Neuron %1 × %2</source>
        <translation>뉴런 %1 × %2</translation>
    </message>
    <message>
        <source>Steered: a difference of runs × %1 is added</source>
        <translation>조향: 실행 차이의 %1배를 더함</translation>
    </message>
</context>
<context>
    <name>encoderscope::ExportDialog</name>
    <message>
        <source>Export figure</source>
        <translation>그림 내보내기</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>저장…</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>복사</translation>
    </message>
    <message>
        <source>All heads…</source>
        <translation>모든 헤드…</translation>
    </message>
    <message>
        <source>The attention of every head of every layer, a file each, into a folder</source>
        <translation>모든 층의 모든 헤드의 어텐션을 폴더에 파일 하나씩 저장합니다</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>복사했습니다.</translation>
    </message>
    <message>
        <source>Save figure</source>
        <translation>그림 저장</translation>
    </message>
    <message>
        <source>Saved as %1.</source>
        <translation>%1에 저장했습니다.</translation>
    </message>
    <message>
        <source>Folder for the files of all heads</source>
        <translation>모든 헤드의 파일을 둘 폴더</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) written to %1.</source>
        <translation>
            <numerusform>파일 %n개를 %1에 저장했습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Writing, %1 s left</source>
        <translation>저장하는 중, %1초 남음</translation>
    </message>
    <message>
        <source>Cancelled; nothing was written.</source>
        <translation>취소했습니다. 저장한 것이 없습니다.</translation>
    </message>
    <message>
        <source>All figures…</source>
        <translation>모든 그림…</translation>
    </message>
    <message>
        <source>Every figure of every page, light and dark, into a folder</source>
        <translation>모든 페이지의 모든 그림을 밝은 테마와 어두운 테마로 폴더에 저장합니다</translation>
    </message>
    <message>
        <source>Folder for all figures</source>
        <translation>모든 그림을 넣을 폴더</translation>
    </message>
    <message>
        <source>The folder %1 cannot be made.</source>
        <translation>폴더 %1을(를) 만들 수 없습니다.</translation>
    </message>
    <message>
        <source>%1 of %2 figures, %3 s left</source>
        <translation>그림 %2개 중 %1개, %3초 남음</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>취소했습니다.</translation>
    </message>
</context>
<context>
    <name>encoderscope::ExportForm</name>
    <message>
        <source>SVG (vectors)</source>
        <translation>SVG (벡터)</translation>
    </message>
    <message>
        <source>PDF (vectors)</source>
        <translation>PDF (벡터)</translation>
    </message>
    <message>
        <source>PNG (pixels)</source>
        <translation>PNG (픽셀)</translation>
    </message>
    <message>
        <source>CSV (numbers)</source>
        <translation>CSV (숫자)</translation>
    </message>
    <message>
        <source>JSON (numbers)</source>
        <translation>JSON (숫자)</translation>
    </message>
    <message>
        <source>NPY (numbers)</source>
        <translation>NPY (숫자)</translation>
    </message>
    <message>
        <source>as below</source>
        <translation>아래와 같이</translation>
    </message>
    <message>
        <source> mm</source>
        <translation> mm</translation>
    </message>
    <message>
        <source>as needed</source>
        <translation>필요한 만큼</translation>
    </message>
    <message>
        <source> pt</source>
        <translation> pt</translation>
    </message>
    <message>
        <source>%1 dpi</source>
        <translation>%1 dpi</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>형식</translation>
    </message>
    <message>
        <source>For</source>
        <translation>용도</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>너비</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>높이</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>글자</translation>
    </message>
    <message>
        <source>Resolution</source>
        <translation>해상도</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>밝게</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>어둡게</translation>
    </message>
    <message>
        <source>greys (prints without colours)</source>
        <translation>greys (흑백 인쇄용)</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>제목</translation>
    </message>
    <message>
        <source>Caption</source>
        <translation>설명</translation>
    </message>
    <message>
        <source>Values in cells and at bars</source>
        <translation>칸과 막대의 값</translation>
    </message>
    <message>
        <source>What is pinned</source>
        <translation>선택한 것</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>테마</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>색</translation>
    </message>
    <message>
        <source>%1 × %2 pixels</source>
        <translation>%1 × %2 픽셀</translation>
    </message>
    <message>
        <source>%1 × %2 mm</source>
        <translation>%1 × %2 mm</translation>
    </message>
    <message>
        <source>every value</source>
        <translation>모든 값</translation>
    </message>
    <message>
        <source>WebP (pixels)</source>
        <translation>WebP(픽셀)</translation>
    </message>
</context>
<context>
    <name>encoderscope::FeedForwardPage</name>
    <message>
        <source>Show:</source>
        <translation>표시:</translation>
    </message>
    <message>
        <source>before the activation</source>
        <translation>활성화 전</translation>
    </message>
    <message>
        <source>after the activation</source>
        <translation>활성화 후</translation>
    </message>
    <message>
        <source>Activation:</source>
        <translation>활성화 함수:</translation>
    </message>
    <message>
        <source>the model&apos;s (%1)</source>
        <translation>모델 기본값(%1)</translation>
    </message>
    <message>
        <source>Activation %1</source>
        <translation>활성화 함수 %1</translation>
    </message>
    <message>
        <source>Activation of the model</source>
        <translation>모델의 활성화 함수</translation>
    </message>
    <message>
        <source>layer %1 · active neurons: %2 % of “%3”, %4 % on average</source>
        <translation>%1층 · 활성 뉴런: “%3” %2 %, 평균 %4 %</translation>
    </message>
    <message>
        <source>Training step:</source>
        <translation>학습 단계:</translation>
    </message>
    <message>
        <source>none (identity)</source>
        <translation>없음(항등 함수)</translation>
    </message>
    <message>
        <source>gate</source>
        <translation>게이트</translation>
    </message>
    <message>
        <source>value</source>
        <translation>값</translation>
    </message>
    <message>
        <source>gate × value</source>
        <translation>게이트 × 값</translation>
    </message>
    <message>
        <source>Neuron:</source>
        <translation>뉴런:</translation>
    </message>
    <message>
        <source>the strongest</source>
        <translation>가장 강한 것</translation>
    </message>
    <message>
        <source>Which neuron the tabs below show; it is pinned everywhere</source>
        <translation>아래 탭에 보일 뉴런입니다. 모든 화면에서 선택됩니다</translation>
    </message>
    <message>
        <source>FFN</source>
        <translation>피드포워드</translation>
    </message>
    <message>
        <source>All neurons</source>
        <translation>모든 뉴런</translation>
    </message>
    <message>
        <source>The strongest</source>
        <translation>가장 강한 뉴런</translation>
    </message>
    <message>
        <source>In detail</source>
        <translation>자세히</translation>
    </message>
    <message>
        <source>Activation</source>
        <translation>활성화</translation>
    </message>
    <message>
        <source>Neuron</source>
        <translation>뉴런</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>가중치</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>단어</translation>
    </message>
    <message>
        <source>No activation</source>
        <translation>활성화 없음</translation>
    </message>
</context>
<context>
    <name>encoderscope::FigureExports</name>
    <message>
        <source>The figure was copied.</source>
        <translation>그림을 복사했습니다.</translation>
    </message>
    <message>
        <source>Copy figure</source>
        <translation>그림 복사</translation>
    </message>
    <message>
        <source>Computing…</source>
        <translation>계산하는 중…</translation>
    </message>
    <message>
        <source>Export a series of figures</source>
        <translation>그림 연속 내보내기</translation>
    </message>
    <message>
        <source>There is nothing to show one after the other: open a chapter of the course, a figure of one layer, or a training.</source>
        <translation>이어서 보여 줄 것이 없습니다. 과정의 장이나 한 층의 그림을 열거나 학습을 시작하세요.</translation>
    </message>
</context>
<context>
    <name>encoderscope::FigurePreview</name>
    <message>
        <source>Preview of the figure</source>
        <translation>그림 미리 보기</translation>
    </message>
</context>
<context>
    <name>encoderscope::FigureView</name>
    <message>
        <source>Export this figure</source>
        <translation>이 그림 내보내기</translation>
    </message>
    <message>
        <source>Export figure…</source>
        <translation>그림 내보내기…</translation>
    </message>
    <message>
        <source>Copy figure</source>
        <translation>그림 복사</translation>
    </message>
    <message>
        <source>Show all of it</source>
        <translation>전체 보기</translation>
    </message>
    <message>
        <source>What is this?</source>
        <translation>이것은 무엇인가요?</translation>
    </message>
</context>
<context>
    <name>encoderscope::HeadTableModel</name>
    <message>
        <source>How spread the weights are, in bits: 0 = one key, more = several</source>
        <translation>가중치가 퍼진 정도(비트): 0 = 키 하나, 클수록 여러 키</translation>
    </message>
    <message>
        <source>Mean distance between query and key, in tokens</source>
        <translation>쿼리와 키 사이의 평균 거리(토큰 수)</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>층</translation>
    </message>
    <message>
        <source>head</source>
        <translation>헤드</translation>
    </message>
    <message>
        <source>entropy</source>
        <translation>엔트로피</translation>
    </message>
    <message>
        <source>distance</source>
        <translation>거리</translation>
    </message>
    <message>
        <source>itself</source>
        <translation>자기 자신</translation>
    </message>
    <message>
        <source>previous</source>
        <translation>앞</translation>
    </message>
    <message>
        <source>next</source>
        <translation>뒤</translation>
    </message>
    <message numerus="yes">
        <source>mean over %Ln token(s)</source>
        <translation>
            <numerusform>토큰 %Ln개의 평균</numerusform>
        </translation>
    </message>
    <message>
        <source>What the head does, by the first rule that fits; point at a name for its rule</source>
        <translation>헤드가 하는 일. 처음으로 들어맞는 규칙에 따른 이름이며, 이름에 마우스를 올리면 규칙이 보입니다</translation>
    </message>
    <message>
        <source>Weight on the token itself, mean over all tokens</source>
        <translation>자기 자신에 준 가중치. 모든 토큰의 평균</translation>
    </message>
    <message>
        <source>Weight on the token before, mean over all tokens but the first</source>
        <translation>바로 앞 토큰에 준 가중치. 첫 토큰을 뺀 모든 토큰의 평균</translation>
    </message>
    <message>
        <source>Weight on the token after, mean over all tokens but the last</source>
        <translation>바로 뒤 토큰에 준 가중치. 마지막 토큰을 뺀 모든 토큰의 평균</translation>
    </message>
    <message>
        <source>Weight on the first token ([CLS] in BERT), mean over all tokens</source>
        <translation>첫 토큰(BERT에서는 [CLS])에 준 가중치. 모든 토큰의 평균</translation>
    </message>
    <message>
        <source>Weight on the other special tokens around sentences ([SEP] in BERT), mean over all tokens</source>
        <translation>문장을 감싸는 나머지 특수 토큰(BERT에서는 [SEP])에 준 가중치. 모든 토큰의 평균</translation>
    </message>
    <message>
        <source>Weight on the other pieces of the token&apos;s word, mean over the tokens whose word has several</source>
        <translation>같은 단어의 다른 조각에 준 가중치. 여러 조각으로 나뉜 단어에 속한 토큰의 평균</translation>
    </message>
    <message>
        <source>Weight on the same piece elsewhere, mean over the pieces that come more than once</source>
        <translation>다른 자리에 있는 같은 조각에 준 가중치. 두 번 이상 나오는 조각의 평균</translation>
    </message>
    <message>
        <source>Weight on punctuation marks other than the token itself, mean over all tokens</source>
        <translation>자기 자신이 아닌 문장 부호에 준 가중치. 모든 토큰의 평균</translation>
    </message>
    <message>
        <source>pattern</source>
        <translation>패턴</translation>
    </message>
    <message>
        <source>first</source>
        <translation>첫 토큰</translation>
    </message>
    <message>
        <source>separators</source>
        <translation>구분자</translation>
    </message>
    <message>
        <source>word</source>
        <translation>단어 안</translation>
    </message>
    <message>
        <source>same</source>
        <translation>같은 단어</translation>
    </message>
    <message>
        <source>punctuation</source>
        <translation>문장 부호</translation>
    </message>
    <message>
        <source>same word</source>
        <translation>같은 단어</translation>
    </message>
    <message>
        <source>rest of the word</source>
        <translation>단어의 나머지</translation>
    </message>
    <message>
        <source>previous token</source>
        <translation>앞 토큰</translation>
    </message>
    <message>
        <source>next token</source>
        <translation>뒤 토큰</translation>
    </message>
    <message>
        <source>first token</source>
        <translation>첫 토큰</translation>
    </message>
    <message>
        <source>separator</source>
        <translation>구분자</translation>
    </message>
    <message>
        <source>neighbours</source>
        <translation>이웃</translation>
    </message>
    <message>
        <source>broad</source>
        <translation>넓게 퍼짐</translation>
    </message>
    <message>
        <source>mixed</source>
        <translation>혼합</translation>
    </message>
    <message>
        <source>At least %1 % of the weight of pieces that come more than once is on the same piece elsewhere.</source>
        <translation>두 번 이상 나오는 조각이 가중치의 %1 % 이상을 다른 자리의 같은 조각에 줍니다.</translation>
    </message>
    <message>
        <source>In words of several pieces, at least %1 % of the weight is on the word&apos;s other pieces, and more than on the token before or after.</source>
        <translation>여러 조각으로 나뉜 단어에서 가중치의 %1 % 이상이 그 단어의 다른 조각에 있고, 바로 앞이나 뒤 토큰에 준 것보다 많습니다.</translation>
    </message>
    <message>
        <source>The largest of the shares itself, previous, next, first, separators and punctuation, and at least %1 %.</source>
        <translation>자기 자신, 앞, 뒤, 첫 토큰, 구분자, 문장 부호 가운데 비율이 가장 크고 %1 % 이상입니다.</translation>
    </message>
    <message>
        <source>No single place has %1 %, but itself, previous and next have %2 % together.</source>
        <translation>한 곳이 %1 %에 이르지는 않지만 자기 자신과 앞, 뒤를 합치면 %2 % 이상입니다.</translation>
    </message>
    <message>
        <source>No place stands out: the entropy is at least %1 % of that of even weights.</source>
        <translation>두드러진 곳이 없습니다. 엔트로피가 고른 가중치일 때의 %1 % 이상입니다.</translation>
    </message>
    <message>
        <source>No rule fits this text: no place has enough of the weight, and it is not spread evenly.</source>
        <translation>이 텍스트에 들어맞는 규칙이 없습니다. 가중치가 한 곳에 충분히 모이지도, 고르게 퍼지지도 않았습니다.</translation>
    </message>
    <message numerus="yes">
        <source>mean over %Ln sentence(s)</source>
        <translation>
            <numerusform>문장 %Ln개의 평균</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>encoderscope::HelpWindow</name>
    <message>
        <source>What is this?</source>
        <translation>이것은 무엇인가요?</translation>
    </message>
    <message>
        <source>Search a term</source>
        <translation>용어 찾기</translation>
    </message>
    <message>
        <source>Terms</source>
        <translation>용어</translation>
    </message>
    <message>
        <source>Explanation</source>
        <translation>설명</translation>
    </message>
    <message>
        <source>See also:</source>
        <translation>함께 보기:</translation>
    </message>
    <message>
        <source>How to read it</source>
        <translation>읽는 법</translation>
    </message>
    <message>
        <source>What to try</source>
        <translation>해 볼 것</translation>
    </message>
    <message>
        <source>Terms:</source>
        <translation>용어:</translation>
    </message>
    <message>
        <source>Choose a term.</source>
        <translation>용어를 고르세요.</translation>
    </message>
</context>
<context>
    <name>encoderscope::HubDownload</name>
    <message>
        <source>&quot;%1&quot; is not a model&apos;s name: expected &quot;organization/name&quot;.</source>
        <translation>&quot;%1&quot;은(는) 모델 이름이 아닙니다. &quot;조직/이름&quot; 형식이어야 합니다.</translation>
    </message>
    <message>
        <source>HF_TOKEN has characters that no token has.</source>
        <translation>HF_TOKEN에 토큰에 쓸 수 없는 문자가 있습니다.</translation>
    </message>
    <message>
        <source>The Hub sent the download of %1 somewhere it cannot follow.</source>
        <translation>허브가 알려 준 %1의 다운로드 주소를 따라갈 수 없습니다.</translation>
    </message>
    <message>
        <source>%1: nothing came for %2 seconds. Downloading again goes on from there.</source>
        <translation>%1: %2초 동안 받은 데이터가 없습니다. 다시 내려받으면 이어서 받습니다.</translation>
    </message>
    <message>
        <source>%1 does not exist, or needs permission: set HF_TOKEN to a token that may read it. (The Hub answered %2.)</source>
        <translation>%1이(가) 없거나 권한이 필요합니다. 읽을 수 있는 토큰을 HF_TOKEN에 설정하세요. (허브의 응답: %2)</translation>
    </message>
    <message>
        <source>The Hub does not have %1.</source>
        <translation>허브에 %1이(가) 없습니다.</translation>
    </message>
    <message>
        <source>%1: the Hub answered %2; expected 200.</source>
        <translation>%1: 허브의 응답이 %2입니다. 200이어야 합니다.</translation>
    </message>
    <message>
        <source>%1: no answer from %2: %3.</source>
        <translation>%1: %2의 응답이 없습니다: %3.</translation>
    </message>
    <message>
        <source>The Hub&apos;s list of the files of %1</source>
        <translation>허브의 %1 파일 목록</translation>
    </message>
    <message>
        <source>a revision of 40 hexadecimal digits</source>
        <translation>16진수 40자리 리비전</translation>
    </message>
    <message>
        <source>%1 needs %2; %3 has only %4 left.</source>
        <translation>%1에는 %2이(가) 필요한데 %3에는 %4만 남았습니다.</translation>
    </message>
    <message>
        <source>The Hub did not say which version of %1 it has.</source>
        <translation>허브가 %1의 버전을 알려 주지 않았습니다.</translation>
    </message>
    <message>
        <source>The Hub did not say how long %1 is.</source>
        <translation>허브가 %1의 크기를 알려 주지 않았습니다.</translation>
    </message>
    <message numerus="yes">
        <source>The Hub has too many requests and asks to come back in %n second(s). Downloading again goes on from there.</source>
        <translation>
            <numerusform>허브에 요청이 너무 많아 %n초 뒤에 다시 오라고 합니다. 다시 내려받으면 이어서 받습니다.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The Hub has too many requests: waiting %n second(s), as it asks…</source>
        <translation>
            <numerusform>허브에 요청이 너무 많아, 허브가 알린 대로 %n초 기다리는 중…</numerusform>
        </translation>
    </message>
    <message>
        <source>The Hub&apos;s list of the files of %1 came packed (%2), although it was asked for as it is.</source>
        <translation>허브가 %1의 파일 목록을 압축하지 말라는 요청에도 압축해서(%2) 보냈습니다.</translation>
    </message>
    <message>
        <source>The Hub&apos;s list of the files of %1 is longer than %2.</source>
        <translation>허브가 보낸 %1의 파일 목록이 %2보다 깁니다.</translation>
    </message>
    <message>
        <source>%1 has %2 by the Hub&apos;s word, more than such a file has.</source>
        <translation>허브에 따르면 %1의 크기는 %2입니다. 이런 종류의 파일로는 너무 큽니다.</translation>
    </message>
    <message>
        <source>Another program is downloading %1; waiting for it…</source>
        <translation>다른 프로그램이 %1을(를) 내려받고 있어 기다리는 중…</translation>
    </message>
</context>
<context>
    <name>encoderscope::KeptTokensDialog</name>
    <message>
        <source>With an index, by which similar tokens of any piece are found</source>
        <translation>조각과 상관없이 비슷한 토큰을 찾는 색인도 만들기</translation>
    </message>
    <message>
        <source>What the corpus keeps of each token</source>
        <translation>말뭉치에 토큰마다 남길 것</translation>
    </message>
    <message>
        <source>With vectors of its tokens the corpus can put the uses of a token first that are most like it. They are the hidden states after the layers that you choose here, and cannot be added later; without any the file stays small.</source>
        <translation>토큰 벡터를 남기면 한 토큰의 쓰임을 비슷한 것부터 볼 수 있습니다. 토큰 벡터는 여기서 고른 층을 지난 은닉 상태이며, 나중에 더할 수 없습니다. 고르지 않으면 파일이 작습니다.</translation>
    </message>
    <message>
        <source>Vectors after layer</source>
        <translation>벡터를 남길 층</translation>
    </message>
    <message>
        <source>Vectors after layer %1</source>
        <translation>%1층 뒤의 벡터</translation>
    </message>
    <message>
        <source>Make the corpus</source>
        <translation>말뭉치 만들기</translation>
    </message>
    <message>
        <source>Nothing more on the disk.</source>
        <translation>디스크를 더 쓰지 않습니다.</translation>
    </message>
    <message>
        <source>Reading the text…</source>
        <translation>텍스트 읽는 중…</translation>
    </message>
    <message>
        <source>How much room on the disk they take cannot be told.</source>
        <translation>디스크를 얼마나 쓸지 알 수 없습니다.</translation>
    </message>
    <message>
        <source>About %1 more on the disk, for some %2 tokens of the text: vectors %3, index %4.</source>
        <translation>디스크를 약 %1 더 씁니다(텍스트의 토큰 약 %2개: 벡터 %3, 색인 %4).</translation>
    </message>
</context>
<context>
    <name>encoderscope::LayerSlider</name>
    <message>
        <source>Layer</source>
        <translation>층</translation>
    </message>
    <message>
        <source>The hidden state after this layer</source>
        <translation>이 층 뒤의 은닉 상태</translation>
    </message>
</context>
<context>
    <name>encoderscope::LessonGuide</name>
    <message>
        <source>Lesson step</source>
        <translation>수업 단계</translation>
    </message>
</context>
<context>
    <name>encoderscope::LessonPanel</name>
    <message>
        <source>Leave</source>
        <translation>나가기</translation>
    </message>
    <message>
        <source>Leave the course; it goes on here next time.</source>
        <translation>과정을 나갑니다. 다음에는 여기서 이어집니다.</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>이전</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>다음</translation>
    </message>
    <message>
        <source>Everything as this step set it up, after you tried something else.</source>
        <translation>다른 것을 해 본 뒤, 이 단계를 시작할 때의 상태로 되돌립니다.</translation>
    </message>
    <message>
        <source>Chapters</source>
        <translation>장</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Try it yourself</source>
        <translation>직접 해 보기</translation>
    </message>
    <message>
        <source>Right.</source>
        <translation>맞았습니다.</translation>
    </message>
    <message>
        <source>It is: %1</source>
        <translation>정답: %1</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>되돌리기</translation>
    </message>
</context>
<context>
    <name>encoderscope::LessonStepDialog</name>
    <message>
        <source>With the sentence and what is pinned in it</source>
        <translation>문장과 그 안에서 선택한 것도 함께</translation>
    </message>
    <message>
        <source>Save as lesson step</source>
        <translation>수업 단계로 저장</translation>
    </message>
    <message>
        <source>The step shows the window as it is now, with your note. Save it to a new file, or to a lesson that you have begun: there it becomes the last step.</source>
        <translation>이 단계는 지금 창의 모습과 메모를 함께 보여 줍니다. 새 파일이나 이미 만들기 시작한 수업에 저장하세요. 수업에 저장하면 마지막 단계가 됩니다.</translation>
    </message>
    <message>
        <source>Empty lines divide paragraphs; {tokens} and other live numbers are filled in.</source>
        <translation>빈 줄로 문단을 나눕니다. {tokens} 같은 실시간 숫자는 채워집니다.</translation>
    </message>
    <message>
        <source>Title:</source>
        <translation>제목:</translation>
    </message>
    <message>
        <source>Note:</source>
        <translation>메모:</translation>
    </message>
    <message>
        <source>Lessons</source>
        <translation>수업</translation>
    </message>
</context>
<context>
    <name>encoderscope::MainWindow</name>
    <message>
        <source>Encoderscope</source>
        <translation>Encoderscope</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>페이지</translation>
    </message>
    <message>
        <source>Special tokens</source>
        <translation>특수 토큰</translation>
    </message>
    <message>
        <source>Show or hide [CLS], [SEP] and the like. While they are hidden, attention weights are divided by what is left of their row, so that rows sum to 1 again.</source>
        <translation>[CLS], [SEP] 같은 토큰을 보이거나 숨깁니다. 숨긴 동안에는 행의 합이 다시 1이 되도록 어텐션 가중치를 남은 합으로 나눕니다.</translation>
    </message>
    <message>
        <source>Saved as %1.</source>
        <translation>%1에 저장했습니다.</translation>
    </message>
    <message>
        <source>The next start cannot be as this one ends</source>
        <translation>지금 상태를 다음 시작을 위해 저장할 수 없습니다</translation>
    </message>
    <message>
        <source>The lesson cannot be followed</source>
        <translation>수업을 이어 갈 수 없습니다</translation>
    </message>
    <message>
        <source>The lesson cannot be opened</source>
        <translation>수업을 열 수 없습니다</translation>
    </message>
    <message>
        <source>The step was added to %1.</source>
        <translation>%1에 단계를 추가했습니다.</translation>
    </message>
    <message>
        <source>The pairs cannot be read</source>
        <translation>대립쌍을 읽을 수 없습니다</translation>
    </message>
    <message>
        <source>Corpus</source>
        <translation>말뭉치</translation>
    </message>
</context>
<context>
    <name>encoderscope::Menus</name>
    <message>
        <source>&amp;File</source>
        <translation>파일(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>끝내기(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>편집(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>실행 취소(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>다시 실행(&amp;R)</translation>
    </message>
    <message>
        <source>Switch the pinned &amp;head</source>
        <translation>선택한 헤드 켜고 끄기(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Solo the pinned head</source>
        <translation>선택한 헤드만 켜기(&amp;S)</translation>
    </message>
    <message>
        <source>Switch this head in all layers</source>
        <translation>모든 층에서 이 번호의 헤드 켜고 끄기</translation>
    </message>
    <message>
        <source>Switch the pinned &amp;layer</source>
        <translation>선택한 층 켜고 끄기(&amp;L)</translation>
    </message>
    <message>
        <source>Solo the pinned layer</source>
        <translation>선택한 층만 켜기</translation>
    </message>
    <message>
        <source>Switch the layer&apos;s &amp;attention</source>
        <translation>선택한 층의 어텐션 켜고 끄기(&amp;A)</translation>
    </message>
    <message>
        <source>Switch the layer&apos;s &amp;FFN</source>
        <translation>선택한 층의 FFN 켜고 끄기(&amp;F)</translation>
    </message>
    <message>
        <source>Switch the &amp;positional encoding</source>
        <translation>위치 인코딩 켜고 끄기(&amp;P)</translation>
    </message>
    <message>
        <source>Take the query &amp;token out of attention</source>
        <translation>쿼리 토큰을 어텐션에서 제외(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Replace the query token by the mask token</source>
        <translation>쿼리 토큰을 마스크 토큰으로 바꾸기(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Everything on</source>
        <translation>모두 켜기(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Select</source>
        <translation>선택(&amp;S)</translation>
    </message>
    <message>
        <source>Next token</source>
        <translation>다음 토큰</translation>
    </message>
    <message>
        <source>Previous token</source>
        <translation>이전 토큰</translation>
    </message>
    <message>
        <source>Next key token</source>
        <translation>다음 키 토큰</translation>
    </message>
    <message>
        <source>Previous key token</source>
        <translation>이전 키 토큰</translation>
    </message>
    <message>
        <source>No key token</source>
        <translation>키 토큰 없음</translation>
    </message>
    <message>
        <source>Layer above</source>
        <translation>위쪽 층</translation>
    </message>
    <message>
        <source>Layer below</source>
        <translation>아래쪽 층</translation>
    </message>
    <message>
        <source>Next head</source>
        <translation>다음 헤드</translation>
    </message>
    <message>
        <source>Previous head</source>
        <translation>이전 헤드</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>보기(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Hide special tokens</source>
        <translation>특수 토큰 숨기기(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>테마(&amp;T)</translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation>데스크톱 설정에 따름</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>밝게</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>어둡게</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>언어(&amp;L)</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>시스템 설정에 따름</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>도움말(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Keyboard and mouse</source>
        <translation>키보드와 마우스(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;About Encoderscope</source>
        <translation>Encoderscope 정보(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Export figure…</source>
        <translation>그림 내보내기(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;Copy figure</source>
        <translation>그림 복사(&amp;C)</translation>
    </message>
    <message>
        <source>Export &amp;all heads…</source>
        <translation>모든 헤드 내보내기(&amp;A)…</translation>
    </message>
    <message>
        <source>De&amp;fault model</source>
        <translation>기본 모델(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Open session…</source>
        <translation>세션 열기(&amp;O)…</translation>
    </message>
    <message>
        <source>Sessions opened lately</source>
        <translation>최근 세션</translation>
    </message>
    <message>
        <source>&amp;Save session</source>
        <translation>세션 저장(&amp;S)</translation>
    </message>
    <message>
        <source>Save session &amp;as…</source>
        <translation>다른 이름으로 세션 저장(&amp;A)…</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>전체 화면(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Course</source>
        <translation>과정(&amp;C)</translation>
    </message>
    <message>
        <source>Open a &amp;lesson…</source>
        <translation>수업 열기(&amp;L)…</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>고대비</translation>
    </message>
    <message>
        <source>Open a model&apos;s fo&amp;lder…</source>
        <translation>모델 폴더 열기(&amp;L)…</translation>
    </message>
    <message>
        <source>&amp;More models…</source>
        <translation>다른 모델(&amp;M)…</translation>
    </message>
    <message>
        <source>&amp;Presentation</source>
        <translation>발표 모드(&amp;P)</translation>
    </message>
    <message>
        <source>Ring around the p&amp;ointer</source>
        <translation>포인터 둘레에 고리(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Larger text</source>
        <translation>글자 크게(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Smaller text</source>
        <translation>글자 작게(&amp;S)</translation>
    </message>
    <message>
        <source>Text of the &amp;usual size</source>
        <translation>보통 글자 크기(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Save as lesson step…</source>
        <translation>수업 단계로 저장(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;What is this?</source>
        <translation>이것은 무엇인가요?(&amp;W)</translation>
    </message>
    <message>
        <source>Export a se&amp;ries of figures…</source>
        <translation>그림 연속 내보내기(&amp;R)…</translation>
    </message>
    <message>
        <source>&amp;Compare</source>
        <translation>비교(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Pin this run</source>
        <translation>이 실행 고정(&amp;P)</translation>
    </message>
    <message>
        <source>Compare &amp;with</source>
        <translation>비교 대상(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Now: the run</source>
        <translation>현재 실행(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Reference: what it is compared with</source>
        <translation>기준 실행(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Difference: now − reference</source>
        <translation>차이: 현재 − 기준(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Side by side</source>
        <translation>나란히(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Minimal pairs: the next one</source>
        <translation>최소 대립쌍: 다음(&amp;M)</translation>
    </message>
    <message>
        <source>Minimal pairs: the one &amp;before</source>
        <translation>최소 대립쌍: 이전(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Explain a term on screen</source>
        <translation>화면의 용어 설명(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Align the tokens</source>
        <translation>토큰 짝짓기(&amp;A)</translation>
    </message>
    <message>
        <source>Open a cor&amp;pus…</source>
        <translation>말뭉치 열기(&amp;P)…</translation>
    </message>
    <message>
        <source>Ma&amp;ke a corpus of a text…</source>
        <translation>텍스트로 말뭉치 만들기(&amp;K)…</translation>
    </message>
    <message>
        <source>Corpora opened lately</source>
        <translation>최근 말뭉치</translation>
    </message>
</context>
<context>
    <name>encoderscope::MissingModel</name>
    <message>
        <source>Open it again</source>
        <translation>다시 열기</translation>
    </message>
    <message>
        <source>Find its folder…</source>
        <translation>폴더 찾기…</translation>
    </message>
    <message>
        <source>Download it…</source>
        <translation>내려받기…</translation>
    </message>
    <message>
        <source>Default model</source>
        <translation>기본 모델</translation>
    </message>
</context>
<context>
    <name>encoderscope::ModelLoader</name>
    <message>
        <source>There is not enough memory to open %1.</source>
        <translation>%1을(를) 열기에는 메모리가 부족합니다.</translation>
    </message>
</context>
<context>
    <name>encoderscope::ModelMenu</name>
    <message>
        <source>Stop opening %1</source>
        <translation>%1 열기 중지</translation>
    </message>
    <message>
        <source>Default model</source>
        <translation>기본 모델</translation>
    </message>
    <message>
        <source>Open folder…</source>
        <translation>폴더 열기…</translation>
    </message>
    <message>
        <source>Opened lately</source>
        <translation>최근에 연 모델</translation>
    </message>
    <message>
        <source>In the local cache</source>
        <translation>로컬 캐시에 있는 모델</translation>
    </message>
    <message>
        <source>Open a model&apos;s folder</source>
        <translation>모델 폴더 열기</translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation>여는 중…</translation>
    </message>
    <message>
        <source>The model cannot be opened</source>
        <translation>모델을 열 수 없습니다</translation>
    </message>
    <message>
        <source>This program cannot open a model of the type %1, or its weights are not there.</source>
        <translation>이 프로그램은 %1 유형의 모델을 열 수 없거나, 가중치가 없습니다.</translation>
    </message>
    <message>
        <source>More models…</source>
        <translation>다른 모델…</translation>
    </message>
    <message>
        <source>Untrained: how newer encoders compute</source>
        <translation>학습하지 않은 모델: 요즘 인코더의 계산 방식</translation>
    </message>
    <message>
        <source>Built like ModernBERT</source>
        <translation>ModernBERT와 같은 구조</translation>
    </message>
    <message>
        <source>Built like DeBERTa</source>
        <translation>DeBERTa와 같은 구조</translation>
    </message>
</context>
<context>
    <name>encoderscope::NoCorpus</name>
    <message>
        <source>A corpus tells what this model does over thousands of sentences: what each head looks at on average, in which sentences a head or a neuron is strongest, and where else a word is used.

It is one file, which the window makes of a text with a sentence a line, or this command; stopped at any time, both go on where they were:</source>
        <translation>말뭉치는 이 모델이 수천 개의 문장에서 무엇을 하는지 알려 줍니다. 헤드마다 평균적으로 무엇을 보는지, 헤드나 뉴런이 어느 문장에서 가장 강하게 반응하는지, 한 단어가 또 어디에 쓰였는지 볼 수 있습니다.

말뭉치는 파일 하나이며, 한 줄에 한 문장씩 적은 텍스트로 이 창이나 아래 명령이 만듭니다. 도중에 멈추어도 멈춘 곳부터 이어서 만듭니다.</translation>
    </message>
    <message>
        <source>The command that makes a corpus</source>
        <translation>말뭉치를 만드는 명령</translation>
    </message>
    <message>
        <source>Open a corpus…</source>
        <translation>말뭉치 열기…</translation>
    </message>
    <message>
        <source>Make one of a text…</source>
        <translation>텍스트로 만들기…</translation>
    </message>
</context>
<context>
    <name>encoderscope::OutputPage</name>
    <message>
        <source>Output</source>
        <translation>출력</translation>
    </message>
    <message>
        <source>Hidden state:</source>
        <translation>은닉 상태:</translation>
    </message>
    <message>
        <source>Hidden state</source>
        <translation>은닉 상태</translation>
    </message>
    <message>
        <source>Similarity</source>
        <translation>유사도</translation>
    </message>
    <message>
        <source>Masked words</source>
        <translation>가린 단어</translation>
    </message>
    <message>
        <source>Sentence</source>
        <translation>문장</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>분류</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>토큰</translation>
    </message>
    <message>
        <source>One vector of the whole sentence: %1.</source>
        <translation>문장 전체를 나타내는 벡터: %1.</translation>
    </message>
    <message>
        <source>Cosine of A and B: %1</source>
        <translation>A와 B의 코사인: %1</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>레이블</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>답</translation>
    </message>
    <message>
        <source>Replaced tokens</source>
        <translation>바뀐 토큰</translation>
    </message>
    <message>
        <source>Double-click a token to hide it behind the mask token, and again to show it. The bars are what the model expects at the pinned token; click one to ask why.</source>
        <translation>토큰을 두 번 클릭하면 마스크 토큰으로 가리고, 다시 두 번 클릭하면 되돌립니다. 막대는 선택한 자리에 모델이 예측한 단어의 확률입니다. 막대를 클릭하면 왜 그렇게 예측했는지 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>왜?</translation>
    </message>
    <message>
        <source>Which tokens make the sentences similar</source>
        <translation>어떤 토큰이 두 문장을 비슷하게 만드는지</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>층 비교</translation>
    </message>
    <message>
        <source>How similar the layers are, of this run and the one that it is compared with</source>
        <translation>이 실행과 기준 실행의 층이 서로 얼마나 비슷한지</translation>
    </message>
    <message>
        <source>All tokens</source>
        <translation>모든 토큰</translation>
    </message>
    <message>
        <source>Through the layers</source>
        <translation>층에 따라</translation>
    </message>
</context>
<context>
    <name>encoderscope::Overview</name>
    <message>
        <source>The part that is shown; drag to move it</source>
        <translation>지금 보이는 부분입니다. 끌면 옮겨집니다</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>전체 보기</translation>
    </message>
</context>
<context>
    <name>encoderscope::Page</name>
    <message>
        <source>Computing…</source>
        <translation>계산하는 중…</translation>
    </message>
    <message>
        <source>Why? Explain this number</source>
        <translation>왜? 이 값 설명하기</translation>
    </message>
</context>
<context>
    <name>encoderscope::PairsBar</name>
    <message>
        <source>The pair before (Shift+F3)</source>
        <translation>이전 쌍 (Shift+F3)</translation>
    </message>
    <message>
        <source>The pair before</source>
        <translation>이전 쌍</translation>
    </message>
    <message>
        <source>The next pair (F3)</source>
        <translation>다음 쌍 (F3)</translation>
    </message>
    <message>
        <source>The next pair</source>
        <translation>다음 쌍</translation>
    </message>
    <message>
        <source>Minimal pairs</source>
        <translation>최소 대립쌍</translation>
    </message>
    <message>
        <source>Open a file…</source>
        <translation>파일 열기…</translation>
    </message>
    <message>
        <source>Pairs of a TSV file: first sentence, tab, second sentence, tab, what to look for</source>
        <translation>TSV 파일의 쌍: 첫 문장, 탭, 둘째 문장, 탭, 살펴볼 점</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Minimal pair %1</source>
        <translation>최소 대립쌍 %1</translation>
    </message>
    <message>
        <source>Tab-separated values (*.tsv *.txt);;All files (*)</source>
        <translation>탭으로 구분한 파일 (*.tsv *.txt);;모든 파일 (*)</translation>
    </message>
</context>
<context>
    <name>encoderscope::PositionsPage</name>
    <message>
        <source>Dimension pairs:</source>
        <translation>차원 쌍:</translation>
    </message>
    <message>
        <source>Numbers and ranges, such as 0, 4, 8-10. Pair i is the dimensions 2i and 2i+1.</source>
        <translation>숫자와 범위, 예: 0, 4, 8-10. 쌍 i는 차원 2i와 2i+1입니다.</translation>
    </message>
    <message>
        <source>Positions:</source>
        <translation>위치 수:</translation>
    </message>
    <message>
        <source>sine and cosine</source>
        <translation>사인과 코사인</translation>
    </message>
    <message>
        <source>learned by training</source>
        <translation>학습으로 얻음</translation>
    </message>
    <message>
        <source>no positions</source>
        <translation>위치 없음</translation>
    </message>
    <message>
        <source>This model looks its positions up in a table that training has made.</source>
        <translation>이 모델은 학습으로 얻은 표에서 위치 벡터를 꺼내 씁니다.</translation>
    </message>
    <message>
        <source>not recorded</source>
        <translation>기록되지 않음</translation>
    </message>
    <message>
        <source>rotary</source>
        <translation>회전</translation>
    </message>
    <message>
        <source>by distance</source>
        <translation>거리에 따라</translation>
    </message>
    <message>
        <source>Each layer turns dimensions i and i + d_k/2 of every query and key by θ = pos · %1&lt;sup&gt;−2i/d_k&lt;/sup&gt;.</source>
        <translation>층마다 모든 쿼리와 키의 차원 i와 i + d_k/2를 θ = pos · %1&lt;sup&gt;−2i/d_k&lt;/sup&gt;만큼 회전합니다.</translation>
    </message>
    <message>
        <source>The scores have products with keys and queries of the tokens&apos; distance.</source>
        <translation>점수에 토큰 사이 거리의 키, 쿼리와의 곱이 들어갑니다.</translation>
    </message>
    <message>
        <source>Positions</source>
        <translation>위치 인코딩</translation>
    </message>
    <message>
        <source>Each head takes a slope of its own times the tokens&apos; distance from the scores.</source>
        <translation>헤드마다 고유한 기울기에 토큰 사이 거리를 곱해 점수에서 뺍니다.</translation>
    </message>
    <message>
        <source>Each head adds a learned bias to the scores: one for each distance below %1, and shared ones for greater distances.</source>
        <translation>헤드마다 학습한 편향을 점수에 더합니다. 거리가 %1보다 짧으면 거리마다 값이 따로 있고, 그보다 먼 거리는 구간마다 한 값을 함께 씁니다.</translation>
    </message>
    <message>
        <source>All angles are divided by %1.</source>
        <translation>모든 각도를 %1로 나눕니다.</translation>
    </message>
    <message>
        <source>By position</source>
        <translation>위치별 곡선</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>표</translation>
    </message>
    <message>
        <source>Dot products</source>
        <translation>내적</translation>
    </message>
</context>
<context>
    <name>encoderscope::ReferenceLoader</name>
    <message>
        <source>it was trained in the window and never saved.</source>
        <translation>창에서 학습하고 저장하지 않은 모델입니다.</translation>
    </message>
    <message>
        <source>%1 has other weights than when “%2” was pinned: its numbers differ.</source>
        <translation>“%2”을(를) 고정했을 때와 %1의 가중치가 달라 값이 다릅니다.</translation>
    </message>
    <message>
        <source>the program ended unexpectedly when it was last opened. Choose the run again to open it all the same.</source>
        <translation>지난번에 열다가 프로그램이 갑자기 끝났습니다. 그래도 열려면 그 실행을 다시 고르세요.</translation>
    </message>
</context>
<context>
    <name>encoderscope::SentenceBar</name>
    <message>
        <source>Type a sentence</source>
        <translation>문장을 입력하세요</translation>
    </message>
    <message>
        <source>Sentence A</source>
        <translation>문장 A</translation>
    </message>
    <message>
        <source>Type a second sentence</source>
        <translation>두 번째 문장을 입력하세요</translation>
    </message>
    <message>
        <source>Sentence B</source>
        <translation>문장 B</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>예문</translation>
    </message>
    <message>
        <source>Ready-made sentences, each with something to see in it</source>
        <translation>살펴볼 점이 있는 예문</translation>
    </message>
    <message>
        <source>untrained weights</source>
        <translation>학습되지 않은 가중치</translation>
    </message>
    <message>
        <source>The weights of this model are random initial values: it has not learned anything yet, so its attention means nothing.</source>
        <translation>이 모델의 가중치는 무작위 초깃값입니다. 아직 아무것도 배우지 않았으므로 어텐션에 의미가 없습니다.</translation>
    </message>
    <message>
        <source>The model that runs; open another one here</source>
        <translation>지금 쓰는 모델입니다. 여기에서 다른 모델을 엽니다</translation>
    </message>
    <message>
        <source>− Sentence B</source>
        <translation>− 문장 B</translation>
    </message>
    <message>
        <source>+ Sentence B</source>
        <translation>+ 문장 B</translation>
    </message>
    <message>
        <source>Take sentence B away</source>
        <translation>문장 B 빼기</translation>
    </message>
    <message>
        <source>Give the model a second sentence</source>
        <translation>모델에 두 번째 문장도 넣기</translation>
    </message>
    <message>
        <source>Example sentence</source>
        <translation>예문</translation>
    </message>
    <message>
        <source>The model cannot use more than %1 characters; the last %2 were left out.</source>
        <translation>모델은 %1자까지만 쓸 수 있어 뒤의 %2자를 뺐습니다.</translation>
    </message>
    <message>
        <source>The model cannot use more than %1 characters; the rest was left out.</source>
        <translation>모델은 %1자까지만 쓸 수 있어 나머지를 뺐습니다.</translation>
    </message>
    <message>
        <source>What heads do</source>
        <translation>헤드가 하는 일</translation>
    </message>
    <message numerus="yes">
        <source>%n output(s) left out</source>
        <translation>
            <numerusform>출력 %n개 제외</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>encoderscope::SentenceEdit</name>
    <message>
        <source>&amp;Undo</source>
        <translation>실행 취소(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>다시 실행(&amp;R)</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>잘라내기(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>복사(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>붙여넣기(&amp;P)</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>모두 선택(&amp;A)</translation>
    </message>
</context>
<context>
    <name>encoderscope::SeriesDialog</name>
    <message>
        <source>Each stands for</source>
        <translation>한 장을 보여 주는 시간</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>취소했습니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) written: %1.</source>
        <translation>
            <numerusform>파일 %n개를 저장했습니다: %1</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 s left</source>
        <translation>%1초 남음</translation>
    </message>
    <message>
        <source>Export a series of figures</source>
        <translation>그림 연속 내보내기</translation>
    </message>
    <message>
        <source>one animated WebP</source>
        <translation>애니메이션 WebP 하나</translation>
    </message>
    <message>
        <source>numbered PNG files</source>
        <translation>번호를 매긴 PNG 파일</translation>
    </message>
    <message>
        <source>numbered SVG files</source>
        <translation>번호를 매긴 SVG 파일</translation>
    </message>
    <message>
        <source>numbered PDF files</source>
        <translation>번호를 매긴 PDF 파일</translation>
    </message>
    <message>
        <source> s</source>
        <translation>초</translation>
    </message>
    <message>
        <source>The pictures look as the figure did that you exported last: theme, colours, size of text.</source>
        <translation>그림은 마지막으로 내보낸 그림과 같은 모습(테마, 색, 글자 크기)입니다.</translation>
    </message>
    <message>
        <source>Pictures of</source>
        <translation>대상</translation>
    </message>
    <message>
        <source>As</source>
        <translation>형식</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>저장…</translation>
    </message>
    <message>
        <source>Save the animation</source>
        <translation>애니메이션 저장</translation>
    </message>
    <message>
        <source>Folder for the pictures</source>
        <translation>그림을 넣을 폴더</translation>
    </message>
</context>
<context>
    <name>encoderscope::Session</name>
    <message>
        <source>Model %1</source>
        <translation>모델 %1</translation>
    </message>
    <message>
        <source>Switch layer %1 head %2</source>
        <translation>%1층 헤드 %2 켜고 끄기</translation>
    </message>
    <message>
        <source>Switch attention of layer %1</source>
        <translation>%1층의 어텐션 켜고 끄기</translation>
    </message>
    <message>
        <source>Switch FFN of layer %1</source>
        <translation>%1층의 FFN 켜고 끄기</translation>
    </message>
    <message>
        <source>Switch layer %1</source>
        <translation>%1층 켜고 끄기</translation>
    </message>
    <message>
        <source>Switch positional encoding</source>
        <translation>위치 인코딩 켜고 끄기</translation>
    </message>
    <message>
        <source>Solo layer %1 head %2</source>
        <translation>%1층의 헤드 %2만 켜기</translation>
    </message>
    <message>
        <source>Switch head %1 of all layers</source>
        <translation>모든 층의 헤드 %1 켜고 끄기</translation>
    </message>
    <message>
        <source>Mask token %1</source>
        <translation>토큰 %1 가리기</translation>
    </message>
    <message>
        <source>Everything on</source>
        <translation>모두 켜기</translation>
    </message>
    <message>
        <source>Solo layer %1</source>
        <translation>%1층만 켜기</translation>
    </message>
    <message>
        <source>Typing</source>
        <translation>입력</translation>
    </message>
    <message>
        <source>Sentence B</source>
        <translation>문장 B</translation>
    </message>
    <message>
        <source>Pieces</source>
        <translation>토큰 단위</translation>
    </message>
    <message>
        <source>Replace token %1 by the mask token</source>
        <translation>토큰 %1을(를) 마스크 토큰으로 바꾸기</translation>
    </message>
    <message>
        <source>What is explained</source>
        <translation>설명할 값</translation>
    </message>
    <message>
        <source>Recorded run of %1</source>
        <translation>%1의 기록된 실행</translation>
    </message>
    <message>
        <source>Pin the run</source>
        <translation>실행 고정</translation>
    </message>
    <message>
        <source>Compare with another run</source>
        <translation>다른 실행과 비교</translation>
    </message>
    <message>
        <source>Rename the pinned run</source>
        <translation>고정한 실행의 이름 바꾸기</translation>
    </message>
    <message>
        <source>Remove the pinned run</source>
        <translation>고정한 실행 지우기</translation>
    </message>
    <message>
        <source>Align tokens</source>
        <translation>토큰 짝짓기</translation>
    </message>
    <message>
        <source>Align automatically</source>
        <translation>자동으로 짝짓기</translation>
    </message>
</context>
<context>
    <name>encoderscope::SessionFiles</name>
    <message>
        <source>The model %1 was not opened.</source>
        <translation>모델 %1을(를) 열지 않았습니다.</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>%1 열기</translation>
    </message>
    <message>
        <source>The model in this session was trained here and is not saved with it: save it as a folder on the training page.</source>
        <translation>이 세션의 모델은 여기서 학습시킨 것이라 함께 저장되지 않았습니다. 학습 페이지에서 폴더로 저장하세요.</translation>
    </message>
    <message>
        <source>The model “%1” was trained in the window and never saved.</source>
        <translation>모델 “%1”은(는) 창에서 학습시킨 뒤 저장하지 않은 것입니다.</translation>
    </message>
    <message>
        <source>The program ended unexpectedly when it last opened the model %1.</source>
        <translation>지난번에 모델 %1을(를) 열다가 프로그램이 갑자기 끝났습니다.</translation>
    </message>
    <message>
        <source>%1 has other weights than when this session was saved: its numbers differ.</source>
        <translation>%1의 가중치가 이 세션을 저장할 때와 달라 수치도 다릅니다.</translation>
    </message>
    <message>
        <source>This run was recorded and cannot be changed; open a model to run sentences.</source>
        <translation>기록된 실행이라 바꿀 수 없습니다. 다른 문장을 넣어 보려면 모델을 여세요.</translation>
    </message>
    <message>
        <source>A recorded run of %1: nothing of it can be switched. The file does not hold: %2.</source>
        <translation>%1의 기록된 실행입니다. 아무것도 끄거나 켤 수 없습니다. 파일에 없는 것: %2.</translation>
    </message>
</context>
<context>
    <name>encoderscope::StatusLine</name>
    <message numerus="yes">
        <source>%n token(s)</source>
        <translation>
            <numerusform>토큰 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>d_model %1</source>
        <translation>d_model %1</translation>
    </message>
    <message>
        <source>forward %1 ms</source>
        <translation>순전파 %1 ms</translation>
    </message>
    <message>
        <source>shown %1 ms after the key</source>
        <translation>%1 ms 만에 표시</translation>
    </message>
    <message>
        <source>cut after character %1 of sentence A</source>
        <translation>문장 A의 %1번째 글자 뒤에서 잘림</translation>
    </message>
    <message>
        <source>cut after character %1 of sentence B</source>
        <translation>문장 B의 %1번째 글자 뒤에서 잘림</translation>
    </message>
    <message>
        <source>computing…</source>
        <translation>계산 중…</translation>
    </message>
    <message numerus="yes">
        <source>%n layer(s)</source>
        <translation>
            <numerusform>층 %n개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n head(s)</source>
        <translation>
            <numerusform>헤드 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>cut before character %1 of sentence A</source>
        <translation>문장 A의 %1번째 글자 앞에서 잘림</translation>
    </message>
    <message>
        <source>cut before character %1 of sentence B</source>
        <translation>문장 B의 %1번째 글자 앞에서 잘림</translation>
    </message>
    <message>
        <source>forward: kept from before</source>
        <translation>순전파: 앞서 계산한 결과</translation>
    </message>
    <message>
        <source>a recorded run</source>
        <translation>기록된 실행</translation>
    </message>
    <message>
        <source>differs in: %1</source>
        <translation>다른 점: %1</translation>
    </message>
</context>
<context>
    <name>encoderscope::SteeringPanel</name>
    <message>
        <source>Multiply</source>
        <translation>곱하기:</translation>
    </message>
    <message>
        <source>head</source>
        <translation>헤드</translation>
    </message>
    <message>
        <source>neuron</source>
        <translation>뉴런</translation>
    </message>
    <message>
        <source>of layer</source>
        <translation>층:</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>배율 적용</translation>
    </message>
    <message>
        <source>Its output is multiplied by the factor; 0 switches it off</source>
        <translation>출력에 이 배율을 곱합니다. 0이면 꺼집니다</translation>
    </message>
    <message>
        <source>Add this run − reference,</source>
        <translation>더하기: 이 실행 − 기준,</translation>
    </message>
    <message>
        <source>mean of all tokens</source>
        <translation>모든 토큰의 평균</translation>
    </message>
    <message>
        <source>of the pinned token</source>
        <translation>선택한 토큰</translation>
    </message>
    <message>
        <source>after layer</source>
        <translation>넣을 층:</translation>
    </message>
    <message>
        <source>Steer</source>
        <translation>조향하기</translation>
    </message>
    <message>
        <source>The difference of the two runs&apos; hidden states there is kept and added to every token of whatever is typed</source>
        <translation>그 층에서 두 실행의 은닉 상태 차이를 보관했다가, 무엇을 입력하든 모든 토큰에 더합니다</translation>
    </message>
    <message>
        <source>Nothing is scaled or steered.</source>
        <translation>배율을 바꾸거나 조향한 것이 없습니다.</translation>
    </message>
    <message>
        <source>Pin a run (F9), type another sentence, steer, and then type a third one: it is pushed from the first towards the second. Everything here can be undone, and is saved with the session.</source>
        <translation>실행을 고정하고(F9) 다른 문장을 입력해 조향한 다음 세 번째 문장을 입력해 보세요. 첫 문장에서 둘째 문장 쪽으로 밀립니다. 여기서 한 일은 모두 실행 취소할 수 있고 세션과 함께 저장됩니다.</translation>
    </message>
    <message>
        <source>What is scaled</source>
        <translation>배율을 바꿀 것</translation>
    </message>
    <message>
        <source>Head or neuron</source>
        <translation>헤드 또는 뉴런</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>층</translation>
    </message>
    <message>
        <source>Factor</source>
        <translation>배율</translation>
    </message>
    <message>
        <source>Tokens of the difference</source>
        <translation>차이를 낼 토큰</translation>
    </message>
    <message>
        <source>Layer after which the difference is added</source>
        <translation>차이를 더할 층</translation>
    </message>
    <message>
        <source>Factor of the difference</source>
        <translation>차이의 배율</translation>
    </message>
    <message>
        <source>There is no reference yet: pin a run (F9) and type another sentence.</source>
        <translation>아직 기준이 없습니다. 실행을 고정하고(F9) 다른 문장을 입력하세요.</translation>
    </message>
    <message>
        <source>layer %1 head %2</source>
        <translation>%1층 헤드 %2</translation>
    </message>
    <message>
        <source>layer %1 neuron %2</source>
        <translation>%1층 뉴런 %2</translation>
    </message>
    <message>
        <source>a difference of runs, after layer %1</source>
        <translation>실행의 차이, %1층 뒤</translation>
    </message>
    <message>
        <source>Factor of %1</source>
        <translation>%1의 배율</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>되돌리기</translation>
    </message>
    <message>
        <source>Take back %1</source>
        <translation>%1 되돌리기</translation>
    </message>
    <message>
        <source>Scale %1</source>
        <translation>%1 배율 바꾸기</translation>
    </message>
    <message>
        <source>Token %1, %2, has no partner in the reference.</source>
        <translation>토큰 %1, %2은(는) 기준에 짝이 없습니다.</translation>
    </message>
    <message>
        <source>Steer after layer %1</source>
        <translation>%1층 뒤에서 조향하기</translation>
    </message>
</context>
<context>
    <name>encoderscope::TargetBar</name>
    <message>
        <source>Explain:</source>
        <translation>설명할 값:</translation>
    </message>
    <message>
        <source>minus</source>
        <translation>빼기</translation>
    </message>
    <message>
        <source>word</source>
        <translation>단어</translation>
    </message>
    <message>
        <source>class</source>
        <translation>클래스</translation>
    </message>
    <message>
        <source>similarity of A and B</source>
        <translation>A와 B의 유사도</translation>
    </message>
    <message>
        <source>neuron</source>
        <translation>뉴런</translation>
    </message>
    <message>
        <source>hidden state</source>
        <translation>은닉 상태</translation>
    </message>
    <message>
        <source>logit</source>
        <translation>로짓</translation>
    </message>
    <message>
        <source>log-probability</source>
        <translation>로그 확률</translation>
    </message>
    <message>
        <source>probability</source>
        <translation>확률</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>the likeliest</source>
        <translation>가장 그럴듯한 것</translation>
    </message>
    <message>
        <source>What is explained</source>
        <translation>설명할 값</translation>
    </message>
    <message>
        <source>Word or class</source>
        <translation>단어 또는 클래스</translation>
    </message>
    <message>
        <source>Token where it stands</source>
        <translation>값이 있는 토큰</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>척도</translation>
    </message>
    <message>
        <source>Word or class to subtract</source>
        <translation>뺄 단어 또는 클래스</translation>
    </message>
    <message>
        <source>Neuron or dimension</source>
        <translation>뉴런 또는 차원</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>층</translation>
    </message>
    <message>
        <source>Why this one rather than that one: the difference of both is explained.</source>
        <translation>왜 저것이 아니라 이것인지, 둘의 차이를 설명합니다.</translation>
    </message>
    <message>
        <source>at token</source>
        <translation>토큰:</translation>
    </message>
    <message>
        <source>of layer</source>
        <translation>층:</translation>
    </message>
    <message>
        <source>length</source>
        <translation>길이</translation>
    </message>
</context>
<context>
    <name>encoderscope::TokenStrip</name>
    <message>
        <source>✂ cut after character %1 of sentence A</source>
        <translation>✂ 문장 A의 %1번째 글자 뒤에서 잘림</translation>
    </message>
    <message>
        <source>✂ cut after character %1 of sentence B</source>
        <translation>✂ 문장 B의 %1번째 글자 뒤에서 잘림</translation>
    </message>
    <message>
        <source>token %1: &quot;%2&quot;</source>
        <translation>토큰 %1: &quot;%2&quot;</translation>
    </message>
    <message>
        <source>piece %1, id %2</source>
        <translation>조각 %1, ID %2</translation>
    </message>
    <message>
        <source>special token, added by the tokenizer</source>
        <translation>토크나이저가 넣은 특수 토큰</translation>
    </message>
    <message>
        <source>characters %1 to %2, word %3</source>
        <translation>글자 %1~%2, 단어 %3</translation>
    </message>
    <message>
        <source>unknown: the vocabulary has no piece for it</source>
        <translation>미등록 단어: 어휘에 해당하는 조각이 없습니다</translation>
    </message>
    <message>
        <source>taken out of attention</source>
        <translation>어텐션에서 제외됨</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>토큰</translation>
    </message>
    <message>
        <source>Pin as query</source>
        <translation>쿼리로 선택</translation>
    </message>
    <message>
        <source>Pin as key</source>
        <translation>키로 선택</translation>
    </message>
    <message>
        <source>Take out of attention</source>
        <translation>어텐션에서 제외</translation>
    </message>
    <message>
        <source>Replace by the mask token</source>
        <translation>마스크 토큰으로 바꾸기</translation>
    </message>
    <message>
        <source>✂ cut before character %1 of sentence A</source>
        <translation>✂ 문장 A의 %1번째 글자 앞에서 잘림</translation>
    </message>
    <message>
        <source>✂ cut before character %1 of sentence B</source>
        <translation>✂ 문장 B의 %1번째 글자 앞에서 잘림</translation>
    </message>
    <message>
        <source>query</source>
        <translation>쿼리</translation>
    </message>
    <message>
        <source>key</source>
        <translation>키</translation>
    </message>
    <message>
        <source>differs from what it is compared with</source>
        <translation>기준과 다릅니다</translation>
    </message>
</context>
<context>
    <name>encoderscope::TokenTable</name>
    <message>
        <source>Tokens</source>
        <translation>토큰</translation>
    </message>
</context>
<context>
    <name>encoderscope::TokenTableModel</name>
    <message>
        <source>The vocabulary has no piece for “%1”.</source>
        <translation>어휘에 “%1”에 해당하는 조각이 없습니다.</translation>
    </message>
    <message>
        <source>text</source>
        <translation>텍스트</translation>
    </message>
    <message>
        <source>piece</source>
        <translation>조각</translation>
    </message>
    <message>
        <source>id</source>
        <translation>ID</translation>
    </message>
</context>
<context>
    <name>encoderscope::TrainingBar</name>
    <message>
        <source>Step of the training</source>
        <translation>학습 단계</translation>
    </message>
    <message>
        <source>Training step %1</source>
        <translation>학습 단계 %1</translation>
    </message>
</context>
<context>
    <name>encoderscope::TrainingPage</name>
    <message>
        <source>Training</source>
        <translation>학습</translation>
    </message>
    <message>
        <source>Learn from</source>
        <translation>학습할 텍스트</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>단계 수</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>시드</translation>
    </message>
    <message>
        <source>A text of your own</source>
        <translation>직접 넣은 텍스트</translation>
    </message>
    <message>
        <source>Paste a text here, a sentence or paragraph a line.</source>
        <translation>여기에 텍스트를 붙여 넣으세요. 한 줄에 문장이나 문단을 하나씩 적습니다.</translation>
    </message>
    <message>
        <source>Text to learn from</source>
        <translation>학습할 텍스트</translation>
    </message>
    <message>
        <source>Open a text…</source>
        <translation>텍스트 열기…</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>시작</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>멈춤</translation>
    </message>
    <message>
        <source>Save model…</source>
        <translation>모델 저장…</translation>
    </message>
    <message>
        <source>Saved steps</source>
        <translation>저장된 단계</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>단계</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>손실</translation>
    </message>
    <message>
        <source>Open a text to learn from</source>
        <translation>학습할 텍스트 열기</translation>
    </message>
    <message>
        <source>Save the model as a folder</source>
        <translation>모델을 폴더로 저장</translation>
    </message>
    <message>
        <source>Saved as %1.</source>
        <translation>%1(으)로 저장했습니다.</translation>
    </message>
    <message>
        <source>%1 exists already: choose another name.</source>
        <translation>%1이(가) 이미 있습니다. 다른 이름을 고르세요.</translation>
    </message>
    <message>
        <source>step %1 of %2 · loss %3</source>
        <translation>%2단계 중 %1 · 손실 %3</translation>
    </message>
    <message>
        <source>Making a vocabulary from the text…</source>
        <translation>텍스트로 어휘를 만드는 중…</translation>
    </message>
    <message>
        <source>Choose a text and start: every page then shows the sentence above under the model being trained.</source>
        <translation>텍스트를 고르고 시작하세요. 그러면 모든 페이지에서 위의 문장을 학습 중인 모델로 보여 줍니다.</translation>
    </message>
    <message>
        <source>Learning: %1 · %2 tokens/s</source>
        <translation>학습 중: %1 · 초당 토큰 %2개</translation>
    </message>
    <message>
        <source>Paused: %1</source>
        <translation>일시 정지: %1</translation>
    </message>
    <message>
        <source>Finished: %1</source>
        <translation>완료: %1</translation>
    </message>
    <message>
        <source>Stopped: %1</source>
        <translation>멈춤: %1</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>계속</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>일시 정지</translation>
    </message>
    <message>
        <source>Shown: step %1</source>
        <translation>%1단계 표시 중</translation>
    </message>
    <message>
        <source>%1 × %2, d_model %3</source>
        <translation>%1 × %2, d_model %3</translation>
    </message>
    <message numerus="yes">
        <source>%n layer(s)</source>
        <translation>
            <numerusform>층 %n개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n head(s)</source>
        <translation>
            <numerusform>헤드 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>step %1 · loss %2</source>
        <translation>%1단계 · 손실 %2</translation>
    </message>
    <message>
        <source>Loss of masked words</source>
        <translation>가린 단어의 손실</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>저장하는 중…</translation>
    </message>
    <message>
        <source>playground</source>
        <translation>연습</translation>
    </message>
    <message>
        <source>own text</source>
        <translation>내 텍스트</translation>
    </message>
    <message>
        <source>The sentence above is now one of this text&apos;s: the new vocabulary has no pieces for yours. Undo brings yours and the model before back.</source>
        <translation>새 어휘로는 쓰시던 문장을 나타낼 수 없어 위의 문장을 학습 텍스트의 문장으로 바꿨습니다. 실행 취소를 하면 문장과 이전 모델이 돌아옵니다.</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>함께 비교</translation>
    </message>
    <message>
        <source>without positions</source>
        <translation>위치 없이</translation>
    </message>
    <message>
        <source>one head</source>
        <translation>헤드 하나</translation>
    </message>
    <message>
        <source>half d_model</source>
        <translation>d_model 절반</translation>
    </message>
    <message>
        <source>twice d_model</source>
        <translation>d_model 두 배</translation>
    </message>
    <message>
        <source>other initial weights</source>
        <translation>다른 초기 가중치</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>Up to three more runs, on the same batches.</source>
        <translation>같은 배치로 최대 세 번 더 학습합니다.</translation>
    </message>
    <message>
        <source>Run shown</source>
        <translation>보고 있는 학습</translation>
    </message>
    <message>
        <source>as chosen</source>
        <translation>선택한 그대로</translation>
    </message>
    <message>
        <source>without activation</source>
        <translation>활성화 함수 없이</translation>
    </message>
    <message>
        <source>code book</source>
        <translation>암호책</translation>
    </message>
    <message>
        <source>Playground</source>
        <translation>연습</translation>
    </message>
    <message>
        <source>Code book</source>
        <translation>암호책</translation>
    </message>
    <message>
        <source>Each letter is followed by the number of its group: a head learns to look at the token before.</source>
        <translation>글자마다 그 글자가 속한 묶음의 번호가 뒤따릅니다. 바로 앞 토큰을 보는 헤드가 생깁니다.</translation>
    </message>
    <message>
        <source>Pairs of letters, each with a number of its own: hardly to be learned without an activation.</source>
        <translation>글자 쌍마다 번호가 따로 있습니다. 활성화 함수가 없으면 거의 배우지 못합니다.</translation>
    </message>
    <message>
        <source>Sentences that you paste or open</source>
        <translation>붙여 넣거나 파일에서 연 문장</translation>
    </message>
</context>
<context>
    <name>encoderscope::WeightsPage</name>
    <message>
        <source>Weights</source>
        <translation>가중치</translation>
    </message>
    <message>
        <source>One matrix</source>
        <translation>행렬 하나</translation>
    </message>
    <message>
        <source>The layer in numbers</source>
        <translation>층의 수치</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>단어</translation>
    </message>
    <message>
        <source>Costs</source>
        <translation>비용</translation>
    </message>
    <message>
        <source>Matrix:</source>
        <translation>행렬:</translation>
    </message>
    <message>
        <source>of the head</source>
        <translation>이 헤드만</translation>
    </message>
    <message>
        <source>of all heads</source>
        <translation>모든 헤드</translation>
    </message>
    <message>
        <source>Heads</source>
        <translation>헤드</translation>
    </message>
    <message>
        <source>Word:</source>
        <translation>단어:</translation>
    </message>
    <message>
        <source>the pinned token</source>
        <translation>선택한 토큰</translation>
    </message>
    <message>
        <source>A piece of the vocabulary. Click a neighbour below to go on to it.</source>
        <translation>어휘의 조각입니다. 아래의 이웃을 클릭하면 그 조각으로 넘어갑니다.</translation>
    </message>
    <message>
        <source>layers</source>
        <translation>층</translation>
    </message>
    <message>
        <source>heads</source>
        <translation>헤드</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>토큰</translation>
    </message>
    <message>
        <source>As the model is</source>
        <translation>모델 그대로</translation>
    </message>
    <message>
        <source>layer %1 · head %2</source>
        <translation>%1층 · 헤드 %2</translation>
    </message>
    <message>
        <source>layer %1</source>
        <translation>%1층</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>변화</translation>
    </message>
    <message>
        <source>Which weights differ most from those of the model that is compared with</source>
        <translation>기준 모델과 가장 많이 다른 가중치</translation>
    </message>
    <message>
        <source>Matrix</source>
        <translation>행렬</translation>
    </message>
    <message>
        <source>In numbers</source>
        <translation>수치</translation>
    </message>
    <message>
        <source>Distribution</source>
        <translation>분포</translation>
    </message>
    <message>
        <source>Singular values</source>
        <translation>특잇값</translation>
    </message>
</context>
<context>
    <name>encoderscope::WhyPage</name>
    <message>
        <source>Switch head %1 of layer %2</source>
        <translation>%2층의 헤드 %1 켜고 끄기</translation>
    </message>
    <message>
        <source>Switch the attention of layer %1</source>
        <translation>%1층의 어텐션 켜고 끄기</translation>
    </message>
    <message>
        <source>Switch the FFN of layer %1</source>
        <translation>%1층의 FFN 켜고 끄기</translation>
    </message>
    <message>
        <source>Switch layer %1</source>
        <translation>%1층 켜고 끄기</translation>
    </message>
    <message>
        <source>Switch the positional encoding</source>
        <translation>위치 인코딩 켜고 끄기</translation>
    </message>
    <message>
        <source>Take token %1 out of attention, or put it back</source>
        <translation>토큰 %1을(를) 어텐션에서 빼거나 되돌리기</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>멈춤</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>계속</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>왜?</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>토큰</translation>
    </message>
    <message>
        <source>Heads and layers</source>
        <translation>헤드와 층</translation>
    </message>
    <message>
        <source>Patching</source>
        <translation>바꿔 넣기</translation>
    </message>
    <message>
        <source>Similarity</source>
        <translation>유사도</translation>
    </message>
    <message>
        <source>the hidden state</source>
        <translation>은닉 상태</translation>
    </message>
    <message>
        <source>the attention&apos;s output</source>
        <translation>어텐션의 출력</translation>
    </message>
    <message>
        <source>the FFN&apos;s output</source>
        <translation>FFN의 출력</translation>
    </message>
    <message>
        <source>Sublayers</source>
        <translation>부분층</translation>
    </message>
    <message>
        <source>Tokens and positions</source>
        <translation>토큰과 위치</translation>
    </message>
    <message>
        <source>Lens</source>
        <translation>렌즈</translation>
    </message>
    <message>
        <source>Method:</source>
        <translation>방법:</translation>
    </message>
    <message>
        <source>Baseline:</source>
        <translation>기준값:</translation>
    </message>
    <message>
        <source>Steps:</source>
        <translation>단계:</translation>
    </message>
    <message>
        <source>What a token is compared with or replaced by</source>
        <translation>토큰을 무엇과 비교하거나 무엇으로 바꿀지</translation>
    </message>
    <message>
        <source>Points on the way from the baseline to the text, of integrated gradients</source>
        <translation>적분 기울기에서 기준값부터 텍스트까지의 경로를 나누는 점의 개수</translation>
    </message>
    <message>
        <source>A click pins a head or layer, and the worked example shows it. A double-click switches it off for real, and another one on again.</source>
        <translation>클릭하면 헤드나 층이 선택되고 계산 예시에 나타납니다. 두 번 클릭하면 실제로 꺼지고, 다시 두 번 클릭하면 켜집니다.</translation>
    </message>
    <message>
        <source>Progress of the explanation</source>
        <translation>설명 계산 진행률</translation>
    </message>
    <message>
        <source>Steering</source>
        <translation>조향</translation>
    </message>
    <message>
        <source>Taken from the reference:</source>
        <translation>기준에서 가져올 것:</translation>
    </message>
    <message>
        <source>0: taking that part from it changes nothing, 1: it brings the whole difference back.</source>
        <translation>0이면 그 부분을 가져와도 달라지지 않고, 1이면 차이가 모두 되돌아옵니다.</translation>
    </message>
    <message>
        <source>The reference is the run with everything on. %1</source>
        <translation>기준은 모두 켠 실행입니다. %1</translation>
    </message>
    <message>
        <source>The reference is the run that this one is compared with. %1 “dog ← cat”: dog is given what cat has there.</source>
        <translation>기준은 이 실행과 비교하는 실행입니다. %1 “dog ← cat”은 dog에 기준의 cat이 가진 것을 넣는다는 뜻입니다.</translation>
    </message>
    <message>
        <source>Multiply by %1</source>
        <translation>배율 %1 곱하기</translation>
    </message>
    <message>
        <source>Hidden states:</source>
        <translation>은닉 상태:</translation>
    </message>
    <message>
        <source>as they are</source>
        <translation>그대로</translation>
    </message>
    <message>
        <source>through fitted maps</source>
        <translation>맞춘 사상을 거쳐</translation>
    </message>
    <message>
        <source>The head was trained for the last layer. A fitted map brings an earlier layer&apos;s hidden states to where the head reads.</source>
        <translation>헤드는 마지막 층에 대해 학습했습니다. 맞춘 사상은 앞쪽 층의 은닉 상태를 헤드가 읽는 자리로 옮겨 줍니다.</translation>
    </message>
    <message>
        <source>Heads</source>
        <translation>헤드</translation>
    </message>
    <message>
        <source>All methods</source>
        <translation>모든 방법</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>점수</translation>
    </message>
    <message>
        <source>Proof</source>
        <translation>검증</translation>
    </message>
</context>
<context>
    <name>encoderscope::WindowFiles</name>
    <message>
        <source>The session cannot be opened</source>
        <translation>세션을 열 수 없습니다</translation>
    </message>
    <message>
        <source>The session cannot be saved</source>
        <translation>세션을 저장할 수 없습니다</translation>
    </message>
    <message>
        <source>Open session</source>
        <translation>세션 열기</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>세션</translation>
    </message>
    <message>
        <source>Save session</source>
        <translation>세션 저장</translation>
    </message>
    <message>
        <source>Open a lesson</source>
        <translation>수업 열기</translation>
    </message>
    <message>
        <source>Lessons</source>
        <translation>수업</translation>
    </message>
    <message>
        <source>Sessions, lessons and recorded runs</source>
        <translation>세션, 수업, 기록된 실행</translation>
    </message>
</context>
<context>
    <name>encoderscope::WorkedExample</name>
    <message>
        <source>Worked example</source>
        <translation>계산 예시</translation>
    </message>
    <message>
        <source>Type a sentence to see how it is computed.</source>
        <translation>문장을 입력하면 계산 과정을 보여 줍니다.</translation>
    </message>
    <message>
        <source>Click: all of them</source>
        <translation>클릭하면 모두 보입니다</translation>
    </message>
    <message numerus="yes">
        <source>⋯ %n products</source>
        <translation>
            <numerusform>⋯ 곱 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>Export this step…</source>
        <translation>이 단계 내보내기…</translation>
    </message>
    <message>
        <source>Export all steps…</source>
        <translation>모든 단계 내보내기…</translation>
    </message>
</context>
</TS>
