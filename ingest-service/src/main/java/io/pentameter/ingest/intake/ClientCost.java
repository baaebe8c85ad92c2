package io.pentameter.ingest.intake;

import io.pentameter.contracts.v1.Cost;
import io.pentameter.ingest.dialect.Field;
import io.pentameter.ingest.dialect.Reading;
import java.util.Objects;

/** What the client itself claims that a call cost: kept beside our amount, never used as it. */
final class ClientCost {

    private static final double NANOS_PER_DOLLAR = 1e9;

    /** A client's own cost above this is nonsense. */
    private static final double MAX_DOLLARS = 1e9;

    private ClientCost() {}

    /** The cost with the claim, if there is one. A claim of 0 is how clients say that they do not know. */
    static Cost with(Reading reading, Cost cost) {
        Field field = Field.CLIENT_COST;
        double dollars = reading.number(field);
        if (Double.isNaN(dollars)) {
            double input = reading.number(Field.CLIENT_INPUT_COST);
            double output = reading.number(Field.CLIENT_OUTPUT_COST);
            dollars = Double.isNaN(input) ? output : Double.isNaN(output) ? input : input + output;
            field = Double.isNaN(input) ? Field.CLIENT_OUTPUT_COST : Field.CLIENT_INPUT_COST;
        }
        return dollars > 0 && dollars < MAX_DOLLARS
                ? cost.toBuilder()
                        .setClientNanoUsd(Math.round(dollars * NANOS_PER_DOLLAR))
                        .setClientReportedIn(Objects.requireNonNullElse(reading.nameOf(field), ""))
                        .build()
                : cost;
    }
}
