// One style for all our pages: system fonts, both colour schemes, a table that scrolls before the page does.

/** Blue and vermilion stay apart for every kind of colour vision; amber is kept for faults. */
export const style = `
:root { color-scheme: light dark; --ground: #fff; --raised: #f6f7f9; --ink: #1b1f24; --quiet: #57606a; --line: #d5dae0;
  --link: #0b5cad; --good: #1a7f37; --bad: #c4320a; --doubt: #8a6100; --fault: #b45f06; --fault-wash: #f59e0b2b;
  --passed: #86aed4; --lost: #d1341f; --v0: #2f6fb3; --v1: #8250b0; --v2: #1d7f78; --v3: #a8570f; --v4: #b03a6f; --v5: #5d6b1e; }
@media (prefers-color-scheme: dark) { :root { --ground: #12161b; --raised: #1b2128; --ink: #e4e8ec; --quiet: #9aa5b1; --line: #343c46;
  --link: #79b8ff; --good: #56d27a; --bad: #ff8266; --doubt: #e3b341; --fault: #f0a53c; --fault-wash: #f59e0b2e;
  --passed: #47719b; --lost: #ff5f45; --v0: #6cb0f5; --v1: #c298f0; --v2: #4fc9bf; --v3: #eda35b; --v4: #f28bb5; --v5: #b9cb5f; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 1120px; margin: 0 auto; padding: 28px 20px 64px; }
h1 { font-size: 25px; line-height: 1.25; margin: 6px 0 10px; text-wrap: balance; }
h2 { font-size: 18px; margin: 40px 0 10px; } h3 { font-size: 15px; margin: 24px 0 6px; }
p { margin: 6px 0; } a { color: var(--link); } code, pre, .mono { font: 12.5px/1.45 ui-monospace, monospace; }
pre { background: var(--raised); border: 1px solid var(--line); border-radius: 6px; padding: 12px 14px; overflow-x: auto; margin: 10px 0; }
nav { display: flex; flex-wrap: wrap; gap: 4px 16px; margin: 14px 0 0; padding-bottom: 12px; border-bottom: 1px solid var(--line); }
.measured { min-width: 150px; } .claim { min-width: 240px; width: 46%; } .quiet { color: var(--quiet); } .whole { white-space: nowrap; } .num { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.badge { display: inline-block; padding: 1px 10px; border-radius: 999px; border: 1.5px solid; font-weight: 600; font-size: 13px; }
.passed, .upheld { color: var(--good); } .failed, .broken { color: var(--bad); } .invalid, .error, .undecided { color: var(--doubt); }
.because { border-left: 4px solid var(--bad); background: var(--raised); padding: 8px 12px; margin: 12px 0; overflow-wrap: anywhere; }
.because.invalid, .because.error { border-color: var(--doubt); color: inherit; } .because.failed { color: inherit; }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 6px; }
.scroll:focus-visible, a:focus-visible, input:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; } th, td { padding: 6px 12px; text-align: left; vertical-align: top; }
thead th { font-weight: 600; font-size: 13px; color: var(--quiet); white-space: nowrap; background: var(--raised); }
tr + tr > *, tbody > tr:first-child > *, tbody + tbody > tr:first-child > * { border-top: 1px solid var(--line); }
th[scope=rowgroup] { font-weight: 600; background: none; } td.figure { text-align: right; font-variant-numeric: tabular-nums; min-width: 170px; } td.named { min-width: 150px; } td .quiet { font-size: 13px; font-weight: 400; } td.hit { color: var(--lost); font-weight: 600; }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(300px, 1fr)); gap: 0 32px; }
dl { display: grid; grid-template-columns: auto 1fr; gap: 3px 16px; margin: 6px 0; } dt { color: var(--quiet); } dd { margin: 0; overflow-wrap: anywhere; }
svg { display: block; max-width: none; margin: 0 auto; } svg .halo { paint-order: stroke; stroke: var(--ground); stroke-width: 4px; stroke-linejoin: round; }
svg .bolt { fill: var(--fault); paint-order: stroke; stroke: var(--ground); stroke-width: 3px; } svg text { fill: var(--ink); font: 12px system-ui, sans-serif; }
svg .small { font-size: 11px; fill: var(--quiet); } svg .name { font-weight: 600; } svg .box { fill: var(--raised); stroke: var(--line); }
svg .wire { stroke: var(--quiet); fill: none; } svg .struck { stroke: var(--fault); stroke-width: 2.5; } svg text.struck { fill: var(--fault); stroke: none; font-weight: 700; }
svg .delivered { fill: var(--passed); } svg .gone { fill: var(--lost); } svg .window { fill: var(--fault-wash); } svg .edge { stroke: var(--fault); stroke-dasharray: 3 2; }
svg .grid { stroke: var(--line); } svg .mark { fill: var(--ink); } svg .mark:hover { fill: var(--link); } svg .faultname { fill: var(--fault); font-weight: 600; }
ul { padding-left: 20px; margin: 8px 0; }
.latest { display: flex; flex-wrap: wrap; gap: 6px 24px; list-style: none; padding: 0; } .why { overflow-wrap: anywhere; font-size: 13px; min-width: 200px; } .unfinished { color: var(--quiet); }
.beside { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: end; gap: 4px 24px; margin-bottom: 8px; } .beside svg { margin: 0; } figure { margin: 0; } figcaption { font-size: 13px; } svg .dot { fill: currentColor; } svg .bar { stroke: currentColor; }
.matrix { width: auto; } .matrix td, .matrix th { padding: 2px 6px; text-align: center; } .matrix th[scope=row] { text-align: right; font-weight: 400; white-space: nowrap; position: sticky; left: 0; background: var(--ground); }
.matrix thead th { vertical-align: bottom; } .matrix thead span { writing-mode: vertical-rl; transform: rotate(180deg); padding: 4px 0; } .answered { color: var(--good); } .refused { color: var(--doubt); }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 520px), 1fr)); gap: 14px 20px; } .charts figcaption { padding-bottom: 4px; } svg .line { fill: none; stroke: var(--st); stroke-width: 1.8; }
.l0 { --st: var(--v0); } .l1 { --st: var(--v1); } .l2 { --st: var(--v2); } .l3 { --st: var(--v3); } .l4 { --st: var(--v4); } .l5 { --st: var(--v5); }
.spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.st-detected { --st: var(--v3); } .st-decided { --st: var(--v0); } .st-installed { --st: var(--v2); } .st-advertised { --st: var(--v1); } .st-packet { --st: var(--v5); } .st-healed, .st-none { --st: var(--quiet); }
svg .st { fill: var(--st); stroke: var(--ground); } svg .st-none { fill-opacity: 0.25; stroke: var(--doubt); stroke-dasharray: 3 2; } svg .longest { stroke: var(--ink); stroke-width: 2; } svg .st-text { fill: var(--ground); font-weight: 600; pointer-events: none; } .key i[class] { background: var(--st); } .key i.st-none { opacity: 0.3; }
.stages { margin: 8px 0 0; padding: 0; list-style: none; } .stages li { display: grid; grid-template-columns: 88px 62px 1fr; gap: 8px; padding: 2px 0; overflow-wrap: anywhere; }
.stages.ends li { grid-template-columns: 88px 72px 96px 1fr; } .ends .hit { color: var(--lost); font-weight: 600; }
.filter { display: flex; flex-wrap: wrap; gap: 6px 14px; align-items: center; margin: 8px 0; } .filter label { white-space: nowrap; }
input[type=search] { font: inherit; padding: 4px 10px; border: 1px solid var(--line); border-radius: 6px; background: var(--ground); color: inherit; min-width: 220px; }
.events td { font: 12.5px/1.45 ui-monospace, monospace; padding: 3px 12px; } .events td:not(:last-child) { white-space: nowrap; } .events td:last-child { overflow-wrap: anywhere; min-width: 320px; }
.events tr.fault td { background: var(--fault-wash); } .events tbody tr { content-visibility: auto; }
.events { max-height: 640px; overflow-y: auto; } .events thead th { position: sticky; top: 0; }
.key { display: flex; flex-wrap: wrap; gap: 2px 18px; margin: 8px 0 0; font-size: 13px; } .key i { display: inline-block; width: 11px; height: 11px; border-radius: 2px; margin-right: 6px; }
@media (max-width: 600px) { .stack thead { display: none; } .stack tr { display: block; padding: 8px 12px; } .stack tr + tr { border-top: 1px solid var(--line); }
  .stack td { display: block; padding: 1px 0; border: 0 !important; text-align: left; } .stages .num { text-align: left; }
  main { padding: 18px 14px 48px; } h1 { font-size: 21px; } .stages li { grid-template-columns: 78px 1fr; } .stages.ends li { grid-template-columns: 78px 70px 1fr; } .stages li > span:last-child { grid-column: 1 / -1; } }
@media print { .filter, nav { display: none; } .events { max-height: none; } }
`
