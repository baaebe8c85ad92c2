/**
 * The whole service on a real broker and a real database; start at {@link io.pentameter.alert.story.AlertStoryTest}.
 */
@NullMarked
package io.pentameter.alert.story;

import org.jspecify.annotations.NullMarked;
