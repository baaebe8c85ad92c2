@NullMarked
package io.pentameter.alert.decision;

import org.jspecify.annotations.NullMarked;
