import { fixed, ours, type Plan } from './plans';
import { tuningShapes } from './shapes';
import { summarize, wait } from './simulate';
import { makeTraces } from './traces';

/** Seeds that the benchmark never uses. */
const tuningSeed = 71_000;

/** Prints the schedule beside fixed 30 s on the shapes that its constants were chosen on: the place to change them. */
function main() {
  const plans: Plan[] = [ours, fixed(30)];
  tuningShapes.forEach((shape, index) => {
    const traces = makeTraces(shape, 1_000, tuningSeed + index);
    for (const plan of plans) {
      const { looks, lagSeconds } = summarize(
        plan.name,
        traces.map((trace, i) => wait(plan, trace, i)),
      );
      const lag = [lagSeconds.p50, lagSeconds.p95, lagSeconds.worst]
        .map((value) => value.toFixed(1))
        .join(' / ');
      process.stdout.write(
        `${shape.name.padEnd(32)} ${plan.name.padEnd(10)} looks ${looks.p50} / ${looks.p95}  lag s ${lag}\n`,
      );
    }
  });
}

main();
