package io.pentameter.bench.money;

import java.util.List;

/**
 * The straight line through measurements, by least squares.
 *
 * @param at0     value at size 0
 * @param perUnit what one unit of size adds
 */
record Slope(double at0, double perUnit) {

    /** @param size of what was measured; all different, two or more */
    record Point(double size, double value) {}

    static Slope of(List<Point> points) {
        double n = points.size();
        double meanSize = points.stream().mapToDouble(Point::size).sum() / n;
        double meanValue = points.stream().mapToDouble(Point::value).sum() / n;
        double above = 0;
        double below = 0;
        for (Point point : points) {
            above += (point.size() - meanSize) * (point.value() - meanValue);
            below += (point.size() - meanSize) * (point.size() - meanSize);
        }
        if (!(below > 0)) {
            throw new IllegalArgumentException("a slope needs two different sizes: %s".formatted(points));
        }
        double perUnit = above / below;
        return new Slope(meanValue - perUnit * meanSize, perUnit);
    }

    /** The value that the line has there. */
    double at(double size) {
        return at0 + perUnit * size;
    }
}
