// Draws the charts of a page: trends by week as lines or bars. Loaded only where charts stand.
// Pictures are SVG. The tooltip is drawn inside the picture: one of HTML would bring inline styles,
// which the content policy refuses. Nothing moves. The numbers stand in a table beside each chart.
import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

const INK = '#1d2430';
const QUIET = '#545d6b';
const LINE = '#d5dae1';
const ACCENT = '#1b4f8f';
const FONT = { color: INK, fontSize: 13 };
// One colour: series differ by dash, mark and fill as well.
const LINES = [
  { color: ACCENT, type: 'solid', symbol: 'circle' },
  { color: INK, type: 'dashed', symbol: 'rect' },
  { color: QUIET, type: 'dotted', symbol: 'triangle' },
];
const BARS = [
  { color: ACCENT, borderColor: ACCENT },
  { color: '#fff', borderColor: ACCENT },
  { color: '#aab3c0', borderColor: QUIET },
];

function line({ name, values }, n) {
  const { color, type, symbol } = LINES[n % LINES.length];
  return {
    name, type: 'line', data: values, symbol, symbolSize: 7, color,
    lineStyle: { color, type, width: 2 }, itemStyle: { color }, emphasis: { disabled: true },
  };
}

function bar({ name, values }, n) {
  return {
    name, type: 'bar', barMaxWidth: 18, emphasis: { disabled: true },
    // Nothing is drawn for none, not even a border.
    data: values.map((value) => (value ? value : { value, itemStyle: { borderWidth: 0 } })),
    itemStyle: { ...BARS[n % BARS.length], borderWidth: 1 },
  };
}

function options({ kind, labels, series, unit = '', least }) {
  const said = (value) => (value === null || value === undefined ? '—' : `${value}${unit}`);
  return {
    animation: false,
    textStyle: FONT,
    grid: { left: 8, right: 16, top: series.length > 1 ? 40 : 16, bottom: 8, containLabel: true },
    legend: {
      top: 0, left: 0, itemGap: 16, textStyle: FONT, show: series.length > 1, selectedMode: false,
    },
    tooltip: {
      trigger: 'axis', renderMode: 'richText', confine: true, transitionDuration: 0,
      backgroundColor: '#fff', borderColor: QUIET, textStyle: FONT, valueFormatter: said,
      axisPointer: { type: kind === 'bars' ? 'shadow' : 'line', animation: false },
    },
    xAxis: {
      type: 'category', data: labels, boundaryGap: kind === 'bars', axisTick: { show: false },
      axisLabel: { color: QUIET, hideOverlap: true }, axisLine: { lineStyle: { color: QUIET } },
    },
    yAxis: {
      type: 'value', min: least, max: unit === '%' ? 100 : undefined,
      minInterval: unit === '%' ? undefined : 1,
      axisLabel: { color: QUIET, formatter: `{value}${unit}` },
      splitLine: { lineStyle: { color: LINE } },
    },
    series: series.map(kind === 'bars' ? bar : line),
  };
}

// With a viewBox the picture fits the paper's width as well.
function fit(place) {
  const svg = place.querySelector('svg');
  if (svg) svg.setAttribute('viewBox', `0 0 ${place.clientWidth} ${place.clientHeight}`);
}

function draw(place) {
  const said = JSON.parse(document.getElementById(place.dataset.chart).textContent);
  place.hidden = false;
  const chart = init(place, null, { renderer: 'svg' });
  chart.setOption(options(said));
  fit(place);
  new ResizeObserver(() => {
    if (matchMedia('print').matches || !place.clientWidth) return;
    chart.resize();
    fit(place);
  }).observe(place);
}

for (const place of document.querySelectorAll('[data-chart]')) draw(place);
