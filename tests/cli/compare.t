# Scenarios: one of them in force.
$ roisim choices.lua --scenario 'fixed price' --outputs npv | sed -n '3p;$p'
Choices  scenario 'fixed price'  12 months  8%/year  no tax or terminal value
10,000 trials  seed 1  mc  model d1c660a8  roisim 0.1.0
$ roisim explain choices.lua --scenario dearer | sed -n '1p;/^Inputs/,/quality/p'
Choices, scenario 'dearer': 12 months; 77 nodes, 8 of them draws
Inputs
  price                 an expression  choices.lua:6
  volume                an expression  choices.lua:7
  quality               beta(20, 4)  choices.lua:8
$ roisim choices.lua --scenario 'fixed price' --json - | grep '"scenario"'
		"scenario":	"fixed price",
$ roisim choices.lua --json - | grep '"scenario"'
		"scenario":	null,
$ roisim choices.lua --scenario 'fixed prise'
roisim: choices.lua: --scenario 'fixed prise': the script has no such scenario; did you mean 'fixed price'?
[1]
$ roisim choices.lua --scenario nothing
roisim: choices.lua: --scenario 'nothing': the script has no such scenario; known: calm, dearer, fixed price, rough, unknown price
[1]
$ roisim hello.lua --scenario cheap
roisim: hello.lua: --scenario 'cheap': the script describes no scenario; one is made by model:scenario("cheap", { price = 12 })
[1]
$ roisim choices.lua --scenario dearer --set volume=40 --outputs npv --prob 'volume == 36' | grep 'P(volume'
warning: --set volume=40: the scenario 'dearer' has a 'volume' of its own, so this acts on nothing but what it is computed from
warning: choices.lua:12: --set makes 'volume' a plain value, so it is not correlated with anything
P(volume == 36) 100% (at least 99.96%)
$ roisim choices.lua --scenario 'fixed price' --set price=100 --quiet
warning: --set price=100: the scenario 'fixed price' has a 'price' of its own, so this acts on nothing but what it is computed from
warning: choices.lua:12: --set makes 'price' a plain value, so it is not correlated with anything
# Describing scenarios changes no number of the model as written.
$ roisim choices.lua --samples with.csv --quiet; mkdir -p plain; sed '/m:scenario/d' choices.lua >plain/choices.lua; roisim plain/choices.lua --samples without.csv --quiet; cmp with.csv without.csv
# What is not overridden keeps its numbers, correlated or not, under any sampling.
$ for s in mc lhs sobol; do for c in 'fixed price' 'unknown price' calm; do roisim choices.lua --sampling $s --samples a.csv --quiet; roisim choices.lua --sampling $s --scenario "$c" --samples b.csv --quiet; for f in a b; do awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "volume" || $i == "upkeep") c[i] = 1 } { for (i in c) printf "%s ", $i; print "" }' $f.csv >$f.txt; done; test -s a.txt && cmp a.txt b.txt || echo differ; done; done
# Sensitivity of the model under a scenario: an input that became a number is none.
$ roisim sensitivity choices.lua --scenario 'fixed price' --output npv --json - | grep -c '"name": *"price"'
0
[1]
# Comparing.
$ roisim compare choices.lua
'dearer' has the highest expected npv, 10,750 ±110 EUR.
That is 3,603 ±35 EUR better than 'calm', the next; it is the better one in
86.5% ±0.3% of trials.
────────────────────────────────────────────────────────────────────────────────
Choices  12 months  8%/year  no tax or terminal value

npv, EUR                   mean        P5       P50       P95 npv/cost    P(<0)
as written                6,801   -10,727     6,635    24,503    16.0%    26.8%
   ±se                      110       250       140       270     0.3%     0.4%
dearer                   10,748    -7,638    10,547    29,525    25.3%    17.1%
   ±se                      110       250       130       290     0.3%     0.4%
fixed price               7,017   -11,197     6,987    25,513    16.2%    26.2%
   ±se                      110       260       130       200     0.3%     0.4%
unknown price              -868   -20,168    -1,508    20,672    -2.0%    54.7%
   ±se                      130       160       180       230     0.3%     0.5%
calm                      7,145    -9,475     7,107    24,320    16.9%    24.7%
   ±se                      100       240       140       270     0.3%     0.4%
rough                     6,407   -13,942     5,994    28,293    14.9%    31.4%
   ±se                      130       250       160       410     0.3%     0.5%
status quo                    0         0         0         0
Median payback, months: as written 10 (22.5% never); dearer 9 (13.9% never);
  fixed price 10 (22.4% never); unknown price never; calm 10 (20.4% never);
  rough 10 (27.4% never)

Minus 'as written', in the same trials, EUR
                           mean        P5       P50       P95    P(>0)
dearer                    3,947     2,821     3,917     5,161   100.0%
   ±se                      7.2        15       8.9        16     0.0%
fixed price                 216    -7,988       195     8,811    51.5%
   ±se                       51       100        61        96     0.5%
unknown price            -7,669   -22,506    -7,619     7,048    22.2%
   ±se                       91       190       130       120     0.4%
calm                        344    -4,613       203     5,754    52.8%
   ±se                       32        78        35        88     0.5%
rough                      -393    -8,230      -246     6,934    47.8%
   ±se                       46        99        53       110     0.5%
status quo               -6,801   -24,503    -6,635    10,727    26.8%
   ±se                      110       270       140       250     0.4%

P(row above column)            A        B        C        D        E        F
A as written                   -     0.0%    48.5%    77.8%    47.2%    52.2%
B dearer                  100.0%        -    75.4%    88.6%    86.5%    84.5%
C fixed price              51.5%    24.6%        -    68.3%    48.4%    54.1%
D unknown price            22.2%    11.4%    31.7%        -    21.8%    25.9%
E calm                     52.8%    13.5%    51.5%    78.2%        -    52.4%
F rough                    47.8%    15.5%    45.9%    74.1%    47.5%        -
G status quo               26.8%    17.1%    26.2%    54.7%    24.7%    31.4%
                               G
A as written               73.2%
B dearer                   83.0%
C fixed price              73.8%
D unknown price            45.3%
E calm                     75.3%
F rough                    68.6%
G status quo                   -
Equal values beat neither; 95% intervals reach ±1.0% or less to either side.
10,000 trials, the same for all  seed 1  mc  model d1c660a8  roisim 0.1.0
$ roisim compare choices.lua --baseline calm --trials 500 --prob 'payback <= 9 and npv > 0' | sed -n '/^Median/,/^P(row/p'
Median payback, months: as written 10 (21.0% never); dearer 9 (12.0% never);
  fixed price 10 (21.4% never); unknown price 12 (45.6% never);
  calm 10 (18.0% never); rough 10 (26.2% never)
P(payback <= 9 and npv > 0): as written 45.0% ±2.2%; dearer 57.8% ±2.2%;
  fixed price 43.8% ±2.2%; unknown price 27.2% ±2.0%; calm 48.2% ±2.2%;
  rough 43.2% ±2.2%

Minus 'calm', in the same trials, EUR
                           mean        P5       P50       P95    P(>0)
as written                 -441    -5,409      -165     4,101    46.0%
   ±se                      130       310       110       330     2.2%
dearer                    3,533    -1,727     3,602     8,772    86.0%
   ±se                      140       400       150       490     1.6%
fixed price                -613    -9,681      -930     9,769    43.8%
   ±se                      260       420       290       690     2.2%
unknown price            -7,770   -22,187    -7,297     7,913    22.2%
   ±se                      420       500       550       790     1.9%
rough                      -990   -13,148      -376    10,253    46.6%
   ±se                      330       730       260       810     2.2%
status quo               -7,930   -24,966    -8,187     8,365    23.2%
   ±se                      460     1,000       780       800     1.9%

P(row above column)            A        B        C        D        E        F
$ roisim compare choices.lua --output busy --trials 500 | sed -n '1,2p;/^Minus/,/^$/p'
'as written' has the highest expected busy, 18.6% ±1.7%.
'fixed price' does as well.
Minus 'as written', in the same trials
                           mean    P(>0)
dearer                   -15.0%     0.0%
   ±se                     1.6%     0.0%
fixed price                0.0%     0.0%
unknown price              0.0%     0.0%
calm                       0.0%     0.0%
rough                      0.0%     0.0%

$ roisim compare choices.lua --output payback --trials 500 | sed -n '1,2p;/^Minus/,$p'
payback may be never or undefined, which has no mean: no version is best by
that. Who beats whom is below.
Minus 'as written', in the same trials, mo.
                           mean        P5       P50       P95    P(<0)
dearer                    -0.81        -2        -1         0    68.8%
   ±se                    0.026      0.50         0         0     2.1%
fixed price                0.07        -2         0         2    28.4%
   ±se                    0.060         0         0         0     2.0%
unknown price              0.76        -2         1      3.30    14.4%
   ±se                    0.097      0.50         0      0.50     1.6%
calm                      -0.11        -1         0         1    27.0%
   ±se                    0.044      0.50         0         0     2.0%
rough                     -0.06        -2         0         2    25.0%
   ±se                    0.056         0         0      0.50     1.9%
Left out, where either is never: dearer 21.0%; fixed price 27.4%;
  unknown price 49.0%; calm 23.0%; rough 28.6%

P(row below column)            A        B        C        D        E        F
A as written                   -     0.0%    30.6%    57.0%    18.8%    26.4%
B dearer                   68.8%        -    56.2%    73.2%    56.2%    53.6%
C fixed price              28.4%    10.6%        -    53.0%    26.0%    32.6%
D unknown price            14.4%     6.0%    24.6%        -    16.4%    14.6%
E calm                     27.0%     6.8%    36.4%    59.8%        -    37.8%
F rough                    25.0%     8.0%    31.0%    51.6%    31.8%        -
Equal values beat neither; 95% intervals reach ±4.4% or less to either side.
500 trials, the same for all  seed 1  mc  model d1c660a8  roisim 0.1.0
$ roisim compare choices.lua --output pv_cost --trials 500 | sed -n '1,3p;/^Minus/,/^fixed/p'
'calm' has the lowest expected pv_cost, 41,870 ±250 EUR.
That is 304 ±50 EUR better than 'as written', the next; it is the better one in
9.8% ±1.3% of trials.
Minus 'as written', in the same trials, EUR
                           mean        P5       P50       P95    P(<0)
dearer                        0         0         0         0     0.0%
fixed price                 863       863       863       863     0.0%
# Each version has the numbers of a run under its scenario, to the last bit.
$ printf '%s\n' 'BEGIN { want = "\"name\":\"" name "\"" } { gsub(/[ \t]/, "") } $0 ~ want { on = 1 } /"kind"/ { next } on && /"output":|"npv":/ { out = 1; next } out && /"payback":|^}/ { exit } out' >pick.awk
$ for s in mc lhs sobol; do roisim compare choices.lua --sampling $s --json - >all.json; for c in dearer 'fixed price' 'unknown price' calm rough; do n=$(echo "$c" | tr -d ' '); awk -v name="$n" -f pick.awk all.json >a.txt; roisim choices.lua --sampling $s --scenario "$c" --outputs npv,payback --json - | awk '/"outputs"/ { on = 1 } on' | sed '1s/.*/"name":"x"/' | awk -v name=x -f pick.awk >b.txt; test -s a.txt && cmp a.txt b.txt || echo differ; done; done
$ for c in one three; do roisim compare served.lua --json - | awk -v name=$c -f pick.awk >a.txt; roisim served.lua --scenario $c --outputs npv,payback --json - | awk '/"outputs"/ { on = 1 } on' | sed '1s/.*/"name":"x"/' | awk -v name=x -f pick.awk >b.txt; test -s a.txt && cmp a.txt b.txt || echo differ; done
# The same bits for any threads, kernels and memory.
$ for o in --threads=1 --threads=3 --max-memory=100K; do roisim compare choices.lua $o --json - | sed '/"timing"/,$d' | sha256sum; done | uniq | wc -l
1
$ for i in baseline avx2; do ROISIM_ISA=$i roisim compare choices.lua --json - | sed '/"timing"/,$d' | sha256sum; done | uniq | wc -l
1
# Two normal outcomes on common random numbers: bolder minus as written is normal(1, 2), other minus as written normal(1, 3). Above 0
# are 69.146% and 63.056%, 5% below -2.2897 and -3.9346.
$ roisim compare two_normals.lua --trials 1e5 --sampling sobol | sed -n '/^Minus/,/^Equal/p'
Minus 'as written', in the same trials
                           mean        P5       P50       P95    P(>0)
bolder                    1.000    -2.291     1.000     4.290    69.1%
   ±se                  0.00011   0.00065  0.000050   0.00048   0.004%
other                     1.000    -3.935     1.000     5.934    63.1%
   ±se                  0.00015    0.0013  0.000075    0.0010   0.003%

P(row above column)            A        B        C
A as written                   -    30.9%    36.9%
B bolder                   69.1%        -    50.0%
C other                    63.1%    50.0%        -
Equal values beat neither; 95% intervals reach ±0.05% or less to either side.
# A payback that never comes: differences leave the trial out and count it.
$ roisim compare choices.lua --output payback --trials 500 --json - | awk '/"name":/ { name = $2 } /"difference":.*[{]/ { on = 1 } on && /"(n|never|no_cost|trials)":/ { gsub(/[ \t]/, ""); line = line $0 } on && /"no_cost"/ { print name, line; line = ""; on = 0 }'
"dearer", "trials":500,"n":395,"never":105,"no_cost":0,
"fixed "trials":500,"n":363,"never":137,"no_cost":0,
"unknown "trials":500,"n":255,"never":245,"no_cost":0,
"calm", "trials":500,"n":385,"never":115,"no_cost":0,
"rough", "trials":500,"n":357,"never":143,"no_cost":0,
# What needs no funding in most trials is told as a run tells it, not as never; and no version is best by the payback of the other trials.
$ printf '%s\n' 'local roi = require "roisim"' 'local m = roi.model { name = "x" }' 'local d = m.inputs' 'd.gain = roi.normal(10, 5)' 'd.luck = roi.uniform(0, 1)' 'm:benefit("gain", d.gain, { every = "month" })' 'm:benefit("sale", roi.at(0, roi.lt(d.luck, 0.6) * 20))' 'm:cost("setup", roi.at(0, 20))' 'm:scenario("rich", { gain = d.gain * 1e3, luck = 0 })' 'm:scenario("swift", { gain = 12 })' 'm:scenario("slow", { gain = 7 })' 'return m' >funded.lua; roisim compare funded.lua --trials 1000 | sed -n '/^Median/,/^$/p'; for v in rich swift; do roisim funded.lua --scenario $v --trials 1000 | grep '^Payback'; done
Median payback, months: as written 2.5 (no funding needed in 58.6%, 3.4% never);
  rich no funding needed in 97.6%, 2.4% never;
  swift 2 (no funding needed in 60.0%); slow 3 (no funding needed in 60.0%)

Payback  no funding needed in 97.6%; 2.4% never within 12 months
Payback  no funding needed in 60.0%; else month 2
$ roisim compare funded.lua --trials 1000 --output payback | sed -n '1,2p;/^.[a-z ]*.: /p'
payback may be never or undefined, which has no mean: no version is best by
that. Who beats whom is below.
'as written': no funding needed in 58.6%, 3.4% never.
'rich': no funding needed in 97.6%, 2.4% never.
'swift': no funding needed in 60.0% of trials.
'slow': no funding needed in 60.0% of trials.
$ sed '/scenario("r/d; s/normal(10, 5)/uniform(9, 11)/' funded.lua >swift.lua; roisim compare swift.lua --trials 1000 --output payback | sed -n '1,2p;/^.[a-z ]*.: /p'; roisim compare swift.lua --trials 1000 --output payback --json - | grep '"best"'
payback may be never or undefined, which has no mean: no version is best by
that. Who beats whom is below.
'as written': no funding needed in 60.0% of trials.
'swift': no funding needed in 60.0% of trials.
'slow': no funding needed in 60.0% of trials.
	"best":	null,
# What rests on a gate may be never by its parts, and is a number all the same.
$ sed '/^return/i m:scenario("big cut", { ["triage.cut"] = roi.pert(0.3, 0.4, 0.5) })' ticket_triage.lua >gated.lua; roisim compare gated.lua | sed -n '1,3p;/^Minus/,/^P(row/p'
'big cut' has the highest expected npv, 13,770 ±170 USD.
That is 7,347 ±75 USD better than 'as written', the next; it is the better one
in 97.4% ±0.2% of trials.
Minus 'as written', in the same trials, USD
                           mean        P5       P50       P95    P(>0)
big cut                   7,347        60     5,830    20,131    97.4%
   ±se                       75       2.8        57       310     0.2%
status quo               -6,422   -36,861    -2,006    12,673    45.9%
   ±se                      160       500       260       230     0.5%

P(row above column)            A        B        C
$ sed '/^return/i m:scenario("big cut", { cut = roi.pert(0.3, 0.4, 0.5) })' ticket_triage.lua >gated.lua; roisim compare gated.lua
roisim: gated.lua:36: scenario 'big cut': the model has no input or parameter 'cut'; did you mean ["triage.cut"]?
[1]
# A scenario may say what doing nothing is.
$ printf '%s\n' 'local roi = require "roisim"' 'local m = roi.model { name = "x" }' 'm.inputs.gain = roi.normal(5, 1)' 'm:benefit("gain", m.inputs.gain, { every = "month" })' 'm:cost("setup", roi.at(0, 30))' 'm:scenario("status quo", { gain = 3 })' 'return m' >quo.lua; roisim compare quo.lua | sed -n '/^npv/,/^Median/p'
npv                        mean        P5       P50       P95 npv/cost    P(<0)
as written                29.99     10.32     29.97     49.52   100.0%     0.6%
   ±se                     0.12      0.23      0.17      0.28     0.4%    0.07%
status quo                 6.00      6.00      6.00      6.00    20.0%     0.0%
Median payback, months: as written 7 (0.6% never); status quo 10
# What the script prints is printed once.
$ sed '/^return/i print("seats", seats)' choices.lua >told.lua; roisim compare told.lua --trials 100 2>&1 | grep seats; roisim told.lua --scenario 'fixed price' --trials 100 2>&1 | grep seats
seats 20
seats 25
# What is wrong.
$ roisim compare hello.lua
roisim: the model describes no scenario to compare with; one is made by model:scenario("cautious", { price = 12 }), which names inputs or parameters and their other values
[1]
$ roisim compare choices.lua --baseline 'fixed prise'
roisim: --baseline 'fixed prise': no version is called that; did you mean 'fixed price'?
[2]
$ roisim compare choices.lua --baseline nothing
roisim: --baseline 'nothing': no version is called that; there are: as written, dearer, fixed price, unknown price, calm, rough, status quo
[2]
$ roisim compare choices.lua --output nvp
roisim: the model has no output 'nvp'; did you mean 'npv'?
[2]
$ roisim compare choices.lua --outputs npv
roisim: --outputs does not belong to roisim compare: an output is named by --output, as in --output 'npv'
[2]
$ roisim compare choices.lua --scenario calm
roisim: --scenario does not belong to roisim compare, which takes all of them; --baseline says what they are set against
[2]
$ roisim choices.lua --baseline calm
roisim: --baseline belongs to roisim compare
[2]
$ roisim compare choices.lua --samples a.csv
roisim: --samples does not belong to roisim compare
[2]
$ roisim compare choices.lua --prob 'npw > 0'
roisim: --prob 'npw > 0': column 1: no output or input is called 'npw'; did you mean 'npv'?
[2]
$ roisim compare
roisim: no model was named; usage: roisim compare MODEL.lua [OPTION]..., see roisim --help
[2]
$ roisim compare choices.lua --json choices.lua
roisim: --json choices.lua: that is the model itself; name another file
[2]
$ sed 's/noise = m.time \* 0 + 1/noise = 1/' choices.lua >flat.lua; roisim compare flat.lua
roisim: flat.lua:13: under the scenario 'calm': benefit 'sales' is one number: say how often, { every = "month" }, or when, roi.at(period, value)
[1]
# In 80 columns, and in ASCII alone.
$ for o in npv payback busy pv_cost roi; do roisim compare choices.lua --output $o --trials 200; done | awk '{ gsub(/[^ -~]/, "") } length > 80'
$ LC_ALL=C roisim compare choices.lua --trials 200 | LC_ALL=C grep -c '[^ -~]'
0
[1]
# Rivals: an actor's npv comes with its own payback and cost, and doing nothing is 0 for it too.
$ printf '%s\n' 'local roi = require "roisim"' 'local m = roi.model { name = "Rivals", horizon = 12, period = "month", currency = "USD" }' 'local e = m:actor "entrant"' 'm.inputs.price = roi.normal(20, 4)' 'e:benefit("seats", m.inputs.price * 100, { every = "month" })' 'e:cost("start", roi.at(0, 15000))' 'm:benefit("rest", 1000, { every = "month" })' 'm:scenario("dear", { price = m.inputs.price * 1.5 })' 'return m' >rivals.lua; roisim compare rivals.lua --output entrant.npv | sed -n '1,2p;/^entrant/,/^Median/p'
'dear' has the highest expected entrant.npv, 21,036 ±73 USD.
That is 12,012 ±24 USD better than 'as written', the next; it is the better one
entrant.npv, USD           mean        P5       P50       P95 npv/cost    P(<0)
as written                9,024     1,081     9,038    16,934    60.2%     3.1%
   ±se                       48       110        54        94     0.3%     0.2%
dear                     21,036     9,121    21,057    32,901   140.2%     0.2%
   ±se                       73       160        81       140     0.5%    0.05%
status quo                    0         0         0         0
Median payback, months: as written 8 (3.1% never); dear 5 (0.2% never)
