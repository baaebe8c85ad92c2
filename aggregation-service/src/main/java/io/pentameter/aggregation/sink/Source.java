package io.pentameter.aggregation.sink;

/** A partition of a topic. */
record Source(String topic, int partition) implements Comparable<Source> {

    @Override
    public int compareTo(Source other) {
        int order = topic.compareTo(other.topic);
        return order == 0 ? Integer.compare(partition, other.partition) : order;
    }
}
