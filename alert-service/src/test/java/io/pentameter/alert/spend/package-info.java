@NullMarked
package io.pentameter.alert.spend;

import org.jspecify.annotations.NullMarked;
