/// What a run looks like: pictures and a page to read them on.
@NullMarked
package dev.lanewise.experiments.report;

import org.jspecify.annotations.NullMarked;
