package io.pentameter.stack;

import java.util.List;

/** The five services, in the order in which they may start, each with its port's offset and its share of the memory. */
public enum ServiceName {
    AGGREGATION("aggregation-service", 2, "-Xmx512m", "-XX:+UseParallelGC"),
    INGEST("ingest-service", 1, "-Xmx384m", "-XX:+UseParallelGC"),
    QUALITY("quality-service", 3, "-Xmx224m", "-XX:+UseSerialGC"),
    ALERT("alert-service", 4, "-Xmx384m", "-XX:+UseZGC"),
    GATEWAY("gateway", 0, "-Xmx320m", "-XX:+UseParallelGC");

    private final String module;
    private final int offset;
    private final String heap;
    private final String collector;

    ServiceName(String module, int offset, String heap, String collector) {
        this.module = module;
        this.offset = offset;
        this.heap = heap;
        this.collector = collector;
    }

    /** The module's folder, which is also the name of the process and of its log. */
    public String module() {
        return module;
    }

    int offset() {
        return offset;
    }

    List<String> memory() {
        return List.of(heap, collector);
    }
}
