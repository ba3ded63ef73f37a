/** Colours of runs, in turn: Okabe and Ito's, which colour-blind readers tell apart. */
export const runColours = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9'] as const;

/** The style sheet of a report. */
export const style = `
:root { color-scheme: light dark; --text: #1c1c1e; --quiet: #66666c; --ground: #fff; --rule: #dcdce0; }
@media (prefers-color-scheme: dark) { :root { --text: #ececf0; --quiet: #a0a0a8; --ground: #16161a; --rule: #36363c; } }
@media print { :root { --text: #000; --quiet: #444; --ground: #fff; --rule: #ccc; color-scheme: light; } figure, tr { break-inside: avoid; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 76rem; font: 16px/1.45 system-ui, sans-serif; color: var(--text); background: var(--ground); }
h1, h2 { line-height: 1.2; overflow-wrap: anywhere; }
.quiet { color: var(--quiet); }
.charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 20rem), 1fr)); gap: 1rem; }
figure { margin: 0; }
figcaption { font-weight: 600; overflow-wrap: anywhere; }
svg { width: 100%; height: auto; display: block; }
svg text { fill: var(--quiet); font-size: 11px; }
rect + text { fill: var(--text); }
svg path { fill: none; }
.grid { stroke: var(--rule); }
.training { stroke-width: 1; opacity: 0.55; }
.evaluation { stroke-width: 2; }
.chance, .guess { stroke-dasharray: 4 4; }
.guess { stroke: var(--text); }
rect.right, rect.cell { fill: #0072b2; stroke: var(--rule); stroke-width: 0.5; }
rect.wrong { fill: #d55e00; stroke: var(--rule); stroke-width: 0.5; }
.arrow { stroke: var(--text); stroke-width: 1.5; }
.tip { fill: var(--text); }
h3 { margin: 1.2rem 0 0.4rem; font-size: 1rem; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); gap: 1rem; align-items: start; }
.pictures { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 9rem), 1fr)); gap: 1rem; }
.pictures.wide { grid-template-columns: repeat(auto-fill, minmax(min(100%, 20rem), 1fr)); }
.pictures.narrow { grid-template-columns: repeat(auto-fill, minmax(min(100%, 6rem), 1fr)); margin-bottom: 1rem; }
.pictures figcaption { font-weight: 400; font-size: 0.9rem; }
.twins { display: grid; grid-template-columns: 1fr 1fr; gap: 4px; }
img { width: 100%; height: auto; display: block; image-rendering: pixelated; }
.key { display: inline-block; width: 0.8em; height: 0.8em; margin-right: 0.4em; border-radius: 2px; }
.runs { list-style: none; padding: 0; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: 0.9rem; }
th, td { text-align: left; padding: 0.25rem 0.8rem 0.25rem 0; border-bottom: 1px solid var(--rule); vertical-align: top; }
th[scope=row] { font-weight: 400; color: var(--quiet); }
`;
