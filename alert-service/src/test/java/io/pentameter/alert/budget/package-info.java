@NullMarked
package io.pentameter.alert.budget;

import org.jspecify.annotations.NullMarked;
