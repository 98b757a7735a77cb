/// Numbers that change with the step: functions of the step's number alone.
@NullMarked
package dev.lanewise.optim.schedule;

import org.jspecify.annotations.NullMarked;
