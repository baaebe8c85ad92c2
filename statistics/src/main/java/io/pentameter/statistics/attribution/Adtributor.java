package io.pentameter.statistics.attribution;

import io.pentameter.statistics.drift.JensenShannon;
import io.pentameter.statistics.interval.Require;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Where the change sits: which dimension, and which of its elements, explain it and are surprising.
 *
 * <pre>
 * explanatory power  EP = (A - F)/(A_tot - F_tot)
 * surprise           S  = ½ [ p ln(2p/(p+q)) + q ln(2q/(p+q)) ],  p = F/F_tot,  q = A/A_tot
 * candidates of a dimension: elements by falling S, those with EP &gt; 10 %, until ΣEP &gt; 67 %
 * dimensions by falling ΣS
 * </pre>
 *
 * <p>Bhagwan et al., "Adtributor: revenue debugging in advertising systems", NSDI 2014, section 4. It only ranks; what
 * a factor cost is for {@link CostChange} to say. When actual and forecast totals are within 5 % of each other {@code
 * EP} explodes, so that elements are then ranked by the absolute change instead, see {@link Basis}.
 */
public final class Adtributor {

    private static final double LEAST_POWER = 0.10;
    private static final double ENOUGH_POWER = 0.67;
    private static final double LEAST_CHANGE = 0.05;

    private Adtributor() {}

    /** Forecast and actual amount of an element, 0 or more each. */
    public record Amounts(double forecast, double actual) {

        public Amounts {
            Require.notNegative("forecast", forecast);
            Require.notNegative("actual", actual);
        }
    }

    /**
     * One element of a dimension.
     *
     * @param power share of the change that it explains; may be negative or above 1. With {@link
     *     Basis#ABSOLUTE_CHANGE}: share of the sum of absolute changes
     */
    public record Element(String name, double surprise, double power) {}

    /** By what elements were chosen. */
    public enum Basis {
        /** The method of the paper. */
        EXPLANATORY_POWER,
        /** Totals hardly differ: the share of each element in the sum of absolute changes. */
        ABSOLUTE_CHANGE
    }

    /**
     * What a dimension has to say.
     *
     * @param elements   all, by falling surprise, then falling power, then name
     * @param candidates those that explain the change together; empty if none does
     * @param power      sum over the candidates
     * @param surprise   sum over the candidates
     */
    public record Dimension(
            String name, Basis basis, List<Element> elements, List<Element> candidates, double power, double surprise) {

        public Dimension {
            elements = List.copyOf(elements);
            candidates = List.copyOf(candidates);
        }
    }

    /**
     * Dimensions, most telling first: by falling surprise of their candidates, then falling power, then name.
     *
     * @param dimensions for each dimension its elements; each dimension splits the same totals
     */
    public static List<Dimension> rank(Map<String, Map<String, Amounts>> dimensions) {
        return dimensions.entrySet().stream()
                .map(entry -> examine(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingDouble(Dimension::surprise)
                        .thenComparingDouble(Dimension::power)
                        .reversed()
                        .thenComparing(Dimension::name))
                .toList();
    }

    private static Dimension examine(String name, Map<String, Amounts> amounts) {
        double forecast =
                amounts.values().stream().mapToDouble(Amounts::forecast).sum();
        double actual = amounts.values().stream().mapToDouble(Amounts::actual).sum();
        double absolute = amounts.values().stream()
                .mapToDouble(amount -> Math.abs(amount.actual() - amount.forecast()))
                .sum();
        Basis basis = Math.abs(actual - forecast) < LEAST_CHANGE * forecast || actual == forecast
                ? Basis.ABSOLUTE_CHANGE
                : Basis.EXPLANATORY_POWER;
        List<Element> elements = amounts.entrySet().stream()
                .map(entry -> {
                    Amounts amount = entry.getValue();
                    double change = amount.actual() - amount.forecast();
                    double power = basis == Basis.EXPLANATORY_POWER
                            ? change / (actual - forecast)
                            : absolute == 0 ? 0 : Math.abs(change) / absolute;
                    return new Element(
                            entry.getKey(),
                            JensenShannon.surprise(share(amount.forecast(), forecast), share(amount.actual(), actual)),
                            power);
                })
                .sorted(Comparator.comparingDouble(Element::surprise)
                        .thenComparingDouble(Element::power)
                        .reversed()
                        .thenComparing(Element::name))
                .toList();
        List<Element> candidates = new ArrayList<>();
        double power = 0;
        double surprise = 0;
        for (Element element : elements) {
            if (element.power() > LEAST_POWER) {
                candidates.add(element);
                power += element.power();
                surprise += element.surprise();
                if (power > ENOUGH_POWER) {
                    return new Dimension(name, basis, elements, candidates, power, surprise);
                }
            }
        }
        return new Dimension(name, basis, elements, List.of(), 0, 0);
    }

    private static double share(double amount, double total) {
        return total == 0 ? 0 : amount / total;
    }
}
