package io.pentameter.alert.decision;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LedgerTableTest {

    private static final int MILLION = 1_000_000;

    /** Customer i has spent i nano-dollars in two calls: 499,999,500,000 in all, 249,999 a call. */
    @Test
    void holdsAMillionCustomersThatNobodyAnnounced() {
        LedgerTable table = new LedgerTable(0);

        for (int i = 0; i < MILLION; i++) {
            table.add("customer-" + i, new LedgerTable.Entry(i, 2, 0));
        }

        assertThat(table.size()).isEqualTo(MILLION);
        assertThat(table.meanNano()).isEqualTo(249_999);
        assertThat(table.get("customer-" + MILLION)).isNull();
        for (int i = 0; i < MILLION; i += 997) {
            assertThat(table.get("customer-" + i)).isEqualTo(new LedgerTable.Entry(i, 2, 0));
        }
    }
}
