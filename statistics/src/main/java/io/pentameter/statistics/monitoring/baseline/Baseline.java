package io.pentameter.statistics.monitoring.baseline;

import io.pentameter.statistics.monitoring.baseline.Shrinkage.Shrunk;
import java.time.DayOfWeek;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The mean that is normal for each hour of the week, with its uncertainty.
 *
 * <p>Cells with few units borrow from the same hour of all weekdays (or weekend days), and that from the whole, by
 * empirical Bayes (see {@code Shrinkage} for the formulas). Fed with the trailing 28 days, without the hours of
 * incidents and of other versions ({@link TrainingWindow}). Depends on the sums per cell alone: not on the order of
 * units.
 *
 * <p>Source: B. Efron, C. Morris, JASA 70 (1975), 311–319. Assumes a stable month. Not for a stream whose level moves
 * within the month: the detectors would learn the fall as normal; incidents must be left out.
 */
public final class Baseline {

    /** Degrees of freedom that the pooled variance lends to that of a parent. */
    private static final double STEADYING = 20;

    private final List<Cell> cells;

    private Baseline(List<Cell> cells) {
        this.cells = cells;
    }

    /**
     * The baseline of units summed up per hour of the week.
     *
     * @param hours absent hours have no units; at least one unit in all
     */
    public static Baseline of(Map<HourOfWeek, Moments> hours) {
        Moments[] groups = new Moments[HourOfWeek.COUNT];
        Arrays.fill(groups, Moments.NONE);
        hours.forEach((hour, moments) -> groups[hour.index()] = moments);
        int[] parentOf = new int[HourOfWeek.COUNT];
        for (DayOfWeek day : DayOfWeek.values()) {
            for (int hour = 0; hour < 24; hour++) {
                HourOfWeek cell = new HourOfWeek(day, hour);
                parentOf[cell.index()] = cell.parent();
            }
        }
        Moments[] parents = Shrinkage.sum(groups, parentOf, 48);
        int[] root = new int[48];
        Moments[] whole = Shrinkage.sum(parents, root, 1);
        if (whole[0].n() == 0) {
            throw new IllegalArgumentException("hours must hold at least one unit: 0");
        }
        double within = within(groups, whole[0]);
        double[] withinParent = withinParents(groups, parentOf, within);
        double betweenCells = Shrinkage.between(groups, parentOf, parents, within);
        double betweenParents = Shrinkage.between(parents, root, whole, within);
        Shrunk mean = new Shrunk(whole[0].mean(), within / whole[0].n());
        Cell[] cells = new Cell[HourOfWeek.COUNT];
        Arrays.setAll(cells, c -> {
            double variance = withinParent[parentOf[c]];
            Shrunk parent = Shrinkage.towards(mean, parents[parentOf[c]], variance, betweenParents);
            Shrunk cell = Shrinkage.towards(parent, groups[c], variance, betweenCells);
            return new Cell(cell.mean(), Math.sqrt(cell.variance()), variance);
        });
        return new Baseline(List.of(cells));
    }

    /** Pooled variance within the cells; around the whole's mean if no cell has two units. */
    private static double within(Moments[] groups, Moments whole) {
        double squares = 0;
        long freedom = 0;
        for (Moments group : groups) {
            squares += group.squares();
            freedom += Math.max(0, group.n() - 1);
        }
        return freedom > 0 ? squares / freedom : whole.squares() / whole.n();
    }

    /** Variance within the cells of each parent, steadied by the pooled one: the spread of a rate hangs on the rate. */
    private static double[] withinParents(Moments[] groups, int[] parentOf, double pooled) {
        double[] squares = new double[48];
        double[] freedom = new double[48];
        Arrays.fill(squares, STEADYING * pooled);
        Arrays.fill(freedom, STEADYING);
        for (int g = 0; g < groups.length; g++) {
            squares[parentOf[g]] += groups[g].squares();
            freedom[parentOf[g]] += Math.max(0, groups[g].n() - 1);
        }
        Arrays.setAll(squares, p -> squares[p] / freedom[p]);
        return squares;
    }

    /** What is normal in {@code hour}. */
    public Cell at(HourOfWeek hour) {
        return cells.get(hour.index());
    }
}
