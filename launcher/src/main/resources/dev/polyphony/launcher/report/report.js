(function () {
  'use strict';
  const data = JSON.parse(document.getElementById('data').textContent);
  // Okabe and Ito's colours: they differ for every kind of colour vision.
  const STUDENT = '#0072B2', TEACHER = '#D55E00', STREAM = '#E69F00', GREEN = '#009E73', GREY = '#5b6168';
  const FONT = getComputedStyle(document.body).fontFamily;
  const charts = [];

  function draw(element, option) {
    const chart = echarts.init(element, null, { renderer: 'svg' });
    chart.setOption(Object.assign({ animation: false, textStyle: { fontFamily: FONT, fontSize: 12 } }, option));
    charts.push(chart);
  }

  function axis(more) {
    return Object.assign({
      nameLocation: 'middle', nameGap: 28, nameTextStyle: { color: GREY },
      axisLine: { show: true, lineStyle: { color: '#9aa1a9' } }, axisLabel: { color: GREY },
      splitLine: { show: false }, scale: true
    }, more);
  }

  function upright(more) {
    return axis(Object.assign({ nameGap: 44, splitLine: { show: true, lineStyle: { color: '#eef0f3' } } }, more));
  }

  const short = value => Number(Number(value).toPrecision(3)).toString();

  function losses() {
    const terms = [['total', 'loss', STUDENT], ['cross-entropy', 'crossEntropy', TEACHER],
      ['divergence', 'divergence', GREEN]]
      .filter(([, key]) => data.curves.some(point => point[key] > 0));
    draw(document.getElementById('losses'), {
      grid: { left: 62, right: 16, top: 40, bottom: 46 },
      legend: { top: 4, left: 56, itemWidth: 16, icon: 'roundRect', itemHeight: 3 },
      tooltip: { trigger: 'axis', valueFormatter: short },
      xAxis: axis({ type: 'value', name: 'step', scale: false, max: 'dataMax' }),
      yAxis: upright({ type: 'log', name: 'loss (nats), logarithmic', axisLabel: { color: GREY, formatter: short } }),
      series: terms.map(([name, key, color]) => ({
        name, type: 'line', color, showSymbol: false, lineStyle: { width: 1.2 },
        data: data.curves.filter(point => point[key] > 0).map(point => [point.step, point[key]])
      }))
    });
  }

  function epochs(id, key, subnetworkKey, name, legend) {
    const selected = data.epochs.find(e => e.epoch === data.selectedEpoch);
    draw(document.getElementById(id), {
      grid: { left: 62, right: 16, top: legend ? 40 : 14, bottom: 42 },
      legend: { show: legend, top: 4, left: 56, itemWidth: 16, icon: 'roundRect', itemHeight: 3,
        data: ['student', 'its subnetworks, mean'].concat(data.teachers ? ['teacher ensemble'] : []) },
      tooltip: { trigger: 'axis', valueFormatter: short },
      xAxis: axis({ type: 'value', name: 'epoch', minInterval: 1, max: 'dataMax' }),
      yAxis: upright({ type: 'value', name, splitNumber: 3 }),
      series: [
        { name: 'student', type: 'line', color: STUDENT, symbolSize: 4,
          data: data.epochs.map(e => [e.epoch, e[key]]),
          markPoint: selected && { symbol: 'circle', symbolSize: 11, label: { show: false },
            data: [{ coord: [selected.epoch, selected[key]] }] } },
        { name: 'its subnetworks, mean', type: 'line', color: '#56B4E9', symbolSize: 4,
          data: data.epochs.map(e => [e.epoch, e[subnetworkKey]]) }
      ].concat(data.teachers ? [
        { name: 'teacher ensemble', type: 'line', color: TEACHER, showSymbol: false,
          lineStyle: { type: 'dashed', width: 1.5 },
          data: data.epochs.map(e => [e.epoch, data.teachers[key]]) }
      ] : [])
    });
  }

  function reliability(diagram) {
    const figure = document.createElement('figure');
    const element = document.createElement('div');
    element.className = 'chart';
    figure.appendChild(element);
    document.getElementById('reliability').appendChild(figure);
    const sides = [['teacher ensemble', diagram.ensemble, TEACHER], ['student', diagram.student, STUDENT]]
      .filter(([, bins]) => bins.length > 0);
    const centre = (bins, i) => (i + 0.5) / bins.length;
    draw(element, {
      title: { text: diagram.title, left: 56, top: 0, textStyle: { fontSize: 13, fontWeight: 600 } },
      legend: { top: 20, left: 56, itemWidth: 16, icon: 'roundRect', itemHeight: 3 },
      tooltip: {},
      grid: [{ left: 62, right: 16, top: 52, height: 212 }, { left: 62, right: 16, top: 286, height: 70 }],
      xAxis: [axis({ type: 'value', min: 0, max: 1, gridIndex: 0, axisLabel: { show: false } }),
        axis({ type: 'value', min: 0, max: 1, gridIndex: 1, name: 'confidence' })],
      yAxis: [upright({ type: 'value', min: 0, max: 1, gridIndex: 0, name: 'accuracy' }),
        upright({ type: 'value', gridIndex: 1, name: 'count', splitNumber: 2, scale: false })],
      series: [
        { type: 'line', silent: true, showSymbol: false, data: [[0, 0], [1, 1]], tooltip: { show: false },
          lineStyle: { color: '#b5bac1', width: 1, type: 'dashed' } }
      ].concat(sides.map(([name, bins, color]) => ({
        name, type: 'line', color, symbol: 'circle', lineStyle: { width: 1.5 },
        symbolSize: value => Math.min(14, 3 + Math.sqrt(value[2]) / 2.5),
        data: bins.filter(bin => bin.count > 0).map(bin => [bin.confidence, bin.accuracy, bin.count]),
        tooltip: { formatter: p => name + ': accuracy ' + short(p.value[1]) + ' at confidence ' + short(p.value[0])
          + ', ' + p.value[2] + ' predictions' }
      }))).concat(sides.map(([name, bins, color]) => ({
        name, type: 'bar', color, xAxisIndex: 1, yAxisIndex: 1, barWidth: 7, barGap: '10%',
        data: bins.map((bin, i) => [centre(bins, i), bin.count]),
        tooltip: { formatter: p => name + ': ' + p.value[1] + ' predictions' }
      })))
    });
  }

  function diversity() {
    const colors = data.diversity.map(boxes => boxes.name.startsWith('student') ? STUDENT
      : boxes.name.includes('stream images') ? STREAM : TEACHER);
    const names = data.diversity.map(boxes => boxes.name + ': mean-KLD ' + short(boxes.meanKld));
    const used = data.diversity[0].bins.map((bin, i) => i)
      .filter(i => data.diversity.some(boxes => boxes.bins[i].count > 0));
    const bins = data.diversity[0].bins.slice(used[0]);
    draw(document.getElementById('diversity'), {
      grid: { left: 62, right: 16, top: 64, bottom: 46 },
      legend: { top: 4, left: 56, data: names, icon: 'roundRect', itemWidth: 12, itemHeight: 12 },
      tooltip: { trigger: 'item' },
      xAxis: axis({ type: 'category', name: 'confidence of the least confident member',
        data: bins.map(bin => bin.low.toFixed(2) + '–' + bin.high.toFixed(2)) }),
      yAxis: upright({ type: 'value', name: 'divergence (nats)', scale: false }),
      series: data.diversity.map((boxes, s) => ({
        name: names[s], type: 'boxplot', boxWidth: [5, 18],
        itemStyle: { color: colors[s] + '40', borderColor: colors[s], borderWidth: 1.3 }, color: colors[s],
        tooltip: { formatter: p => {
          const bin = boxes.bins[used[0] + p.dataIndex];
          return boxes.name + '<br>' + bin.count + ' images, median ' + short(bin.median) + ', mean ' + short(bin.mean);
        } },
        data: boxes.bins.slice(used[0])
          .map(bin => bin.count > 0 ? [bin.min, bin.q1, bin.median, bin.q3, bin.max] : [])
      }))
    });
  }

  losses();
  epochs('accuracy', 'accuracy', 'subnetworkAccuracy', data.split + ' accuracy', true);
  epochs('nll', 'nll', 'subnetworkNll', data.split + ' NLL', false);
  data.reliability.forEach(reliability);
  diversity();
  const resize = () => charts.forEach(chart => chart.resize());
  window.addEventListener('resize', resize);
  window.addEventListener('beforeprint', resize);
  window.addEventListener('afterprint', resize);
}());
