// The script of all pages, which work without it: each file of this folder is a block of one script.
"use strict";
