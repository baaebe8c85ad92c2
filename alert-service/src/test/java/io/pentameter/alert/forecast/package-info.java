@NullMarked
package io.pentameter.alert.forecast;

import org.jspecify.annotations.NullMarked;
