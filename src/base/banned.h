/* Included before everything: functions that have no place here become compile errors. */
#ifndef BASE_BANNED_H
#define BASE_BANNED_H
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#pragma GCC poison gets strcpy strcat sprintf vsprintf strtok system tmpnam mktemp
#endif
